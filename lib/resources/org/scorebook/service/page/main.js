/** Which part of the page an address shows: #pictures, #picture=ID, #model=ID, #trainings, #job=ID. */
import { get } from "./api.js";
import { $ } from "./dom.js";
import { generateInto } from "./generate.js";
import * as history from "./history.js";
import { closeJob, openJob } from "./job.js";
import { markJob, rest, watchJobs } from "./jobs.js";
import { bringIntoView, showPicture } from "./picture.js";
import * as settings from "./settings.js";
import { offerPresets } from "./train.js";

const trouble = $("#trouble");
let first = true;

/** Puts a picture's settings into the form, and says so where that cannot be. */
function use(picture) {
    if (!settings.fill(picture)) {
        complain(new Error(`The model ${picture.model} is not there any more: another is chosen.`));
    }
}

const views = {
    async pictures() {},
    async picture(id) {
        const picture = await history.picture(id);
        use(picture);
        await showPicture(picture, use);
        await bringIntoView();
    },
    async model(id) {
        settings.choose(id) ? settings.adapt() : complain(new Error(`There is no model ${id}.`));
    },
    async trainings() {
        markJob(null);
        await Promise.all([watchJobs(), offerPresets()]);
    },
    async job(id) {
        markJob(id);
        await Promise.all([watchJobs(), offerPresets(), openJob(id)]);
    },
};

function address() {
    const [, name, id] = /^#(\w+)(?:=(.+))?$/.exec(location.hash) ?? [];
    const view = Object.hasOwn(views, name ?? "") ? name : "pictures";
    try {
        return { view, id: id && decodeURIComponent(id) };
    } catch {
        return { view, id };
    }
}

async function route() {
    const { view, id } = address();
    const trains = view === "trainings" || view === "job";
    trouble.hidden = true;
    rest();
    closeJob();
    enter(trains ? "trainings" : "pictures", id);
    try {
        if (!trains) {
            await refresh();
        }
        await views[view](id);
        history.mark(id);
    } catch (error) {
        complain(error);
    }
}

/** Shows one of the two parts; one that was gone to, not the first, gets the focus at its heading. */
function enter(part, id) {
    const changed = $(`#${part}`).hidden;
    for (const section of document.querySelectorAll("main > section")) {
        section.hidden = section.id !== part;
    }
    for (const link of document.querySelectorAll(".bar nav a")) {
        link.hash === `#${part}` ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
    }
    const title = $(`#${part} h1`);
    document.title = `${id ?? title.textContent} · Scorebook`;
    if (!first && changed) {
        title.focus();
    }
    first = false;
}

async function refresh() {
    const [{ models, default: usual }] = await Promise.all([get("/models"), history.refresh()]);
    settings.offer(models, usual.diffusion ?? usual.energy);
}

function complain(error) {
    trouble.textContent = error.message;
    trouble.hidden = false;
}

generateInto(async (picture) => {
    window.history.replaceState(null, "", `#picture=${encodeURIComponent(picture.id)}`);
    document.title = `${picture.id} · Scorebook`;
    await showPicture(picture, use);
    await history.refresh().catch(complain);
    history.mark(picture.id);
});

$(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    $("#content").focus();
});
window.addEventListener("hashchange", route);
route();
