/** The pictures drawn before, newest first. */
import { get, showImage } from "./api.js";
import { $, h } from "./dom.js";
import { moment, plural } from "./text.js";

const PAGE = 24;
const list = $("#history");
const more = $("#more");
let pictures = [];
let shown = PAGE;

export async function refresh() {
    pictures = (await get("/outputs")).outputs;
    draw();
}

/** The settings of a picture; an error where there is none of that id. */
export async function picture(id) {
    const path = `/outputs/${encodeURIComponent(id)}`;
    return pictures.find((one) => one.id === id) ?? { id, url: `${path}.png`, ...(await get(`${path}.json`)) };
}

/** Marks the one that is open. */
export function mark(id) {
    for (const link of list.querySelectorAll("a")) {
        link.dataset.id === id ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
    }
}

function draw() {
    const there = new Map([...list.children].map((item) => [item.dataset.id, item]));
    list.replaceChildren(...pictures.slice(0, shown).map((one) => there.get(one.id) ?? card(one)));
    if (!pictures.length) {
        list.replaceChildren(h("li", { class: "hint" }, "None yet."));
    }
    more.hidden = pictures.length <= shown;
}

function card(one) {
    const img = h("img", { alt: "", decoding: "async", loading: "lazy" });
    showImage(img, one.url).catch(() => img.remove());
    return h("li", { "data-id": one.id },
        h("a", { href: `#picture=${encodeURIComponent(one.id)}`, "data-id": one.id },
            h("span", { class: "thumb" }, img),
            h("strong", {}, one.model),
            h("span", {}, [one.sampler, plural(one.steps, "step")].filter(Boolean).join(", ")),
            h("span", {}, `${plural(one.num_samples, "image")}, seed ${one.seed}`),
            h("time", { datetime: one.created }, moment(one.created))));
}

more.addEventListener("click", () => {
    shown += PAGE;
    draw();
    list.children[shown - PAGE]?.querySelector("a").focus();
});
