/** The list of trainings, read anew while it is looked at. */
import { get } from "./api.js";
import { $, h } from "./dom.js";
import { count, duration } from "./text.js";

const SECONDS = 3;
const list = $("#jobs");
let timer = null;
let watch = 0;
let current = null;

/** Shows the list now, and again and again until `rest`. */
export async function watchJobs() {
    rest();
    const mine = watch;
    try {
        if (!document.hidden) {
            draw((await get("/jobs")).jobs);
        }
    } finally {
        if (mine === watch) {
            timer = setTimeout(() => watchJobs().catch(() => {}), 1000 * SECONDS);
        }
    }
}

export function rest() {
    watch += 1;
    clearTimeout(timer);
}

export const isFinal = ({ state }) => state !== "queued" && state !== "running";

/** How far a training is, as a bar and in words; one with damaged files does not know. */
export function progressOf({ state, step = 0, total_steps: total = 0, seconds_left: left = null }) {
    const words = state === "queued" ? ["waiting for the device"]
        : [`step ${count(step)}`, total > 0 ? ` of ${count(total)}` : "",
            state === "running" && left !== null ? `, ${duration(left)} left` : ""];
    return h("div", { class: "progress" },
        total > 0 ? h("progress", { max: total, value: step, "aria-label": "Steps done" }) : null,
        h("span", {}, words.join("")));
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
