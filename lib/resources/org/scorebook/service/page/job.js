/** The training that is open, followed until it ends. */
import { get } from "./api.js";
import { $ } from "./dom.js";
import { follow } from "./events.js";
import { JobView } from "./job-view.js";
import { isFinal } from "./jobs.js";

const article = $("#job");
const nothing = [...article.children];
let open = null;

export function closeJob() {
    open?.abort();
    open = null;
    article.replaceChildren(...nothing);
}

/** Opens a training and follows it until it ends or another is opened. */
export async function openJob(id) {
    closeJob();
    const { signal } = (open = new AbortController());
    const path = `/jobs/${encodeURIComponent(id)}`;
    try {
        const job = await get(path, { signal });
        const view = new JobView(article, job);
        const last = job.losses.at(-1)?.[0];
        for await (const { name, data } of follow(`${path}/events`, last === undefined ? null : `${last}`, signal)) {
            view.take(name, data);
            if (name === "end" && isFinal(data)) {
                return;
            }
        }
    } catch (error) {
        if (!signal.aborted) {
            throw error;
        }
    }
}
