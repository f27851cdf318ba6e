/** The list of trainings, read anew while it is looked at. */
import { get } from "./api.js";
import { $, h } from "./dom.js";
import { count, duration } from "./text.js";

const SECONDS = 3;
const list = $("#jobs");
let timer = null;
let current = null;

/** Shows the list now, and again and again until `rest`. */
export async function watchJobs() {
    rest();
    if (!document.hidden) {
        draw((await get("/jobs")).jobs);
    }
    rest();
    timer = setTimeout(() => watchJobs().catch(() => {}), 1000 * SECONDS);
}

export function rest() {
    clearTimeout(timer);
}

export const isFinal = ({ state }) => state !== "queued" && state !== "running";

/** How far a training is, as a bar and in words. */
export function progressOf(job) {
    const known = job.total_steps > 0;
    const text = known ? `step ${count(job.step)} of ${count(job.total_steps)}` : `step ${count(job.step)}`;
    const left = job.state === "running" && job.seconds_left !== null && job.seconds_left !== undefined
        ? `, ${duration(job.seconds_left)} left` : "";
    return h("div", { class: "progress" },
        known ? h("progress", { max: job.total_steps, value: job.step, "aria-label": "Steps done" }) : null,
        h("span", {}, text + left));
}

const badge = ({ state }) => h("span", { class: `state ${state}` }, state);

/** Rows are changed where they are: the keyboard's place is kept. */
function draw(jobs) {
    const there = new Map([...list.children].map((item) => [item.dataset.id, item]));
    const rows = jobs.map((job) => {
        const row = there.get(job.id) ?? h("li", { "data-id": job.id }, h("a", {}));
        const link = row.firstElementChild;
        link.setAttribute("href", `#job=${encodeURIComponent(job.id)}`);
        mark(link, job.id);
        link.replaceChildren(h("strong", {}, job.id), badge(job), progressOf(job));
        return row;
    });
    const none = h("li", { class: "hint" }, "None yet.");
    const next = rows.length ? rows : [none];
    if (next.length !== list.children.length || next.some((row, i) => row !== list.children[i])) {
        const focused = document.activeElement;
        list.replaceChildren(...next);
        list.contains(focused) && focused.focus();
    }
}

/** Marks the one that is open; null: none is. */
export function markJob(id) {
    current = id;
    list.querySelectorAll("li[data-id]").forEach((row) => mark(row.firstElementChild, row.dataset.id));
}

function mark(link, id) {
    id === current ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
}
