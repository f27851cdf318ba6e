/** Draws a picture by the settings of the form, and shows it becoming clear. */
import { post } from "./api.js";
import { $, show } from "./dom.js";
import { events } from "./events.js";
import { check, clearErrors, say } from "./fields.js";
import { model, read } from "./settings.js";
import { showDraft } from "./picture.js";
import { duration, plural } from "./text.js";

const form = $("#generate");
const start = $("#start");
const stop = $("#stop");
const progress = $("#progress");
let running = null;

/** Calls `done` with each finished picture. */
export function generateInto(done) {
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        draw(done);
    });
    stop.addEventListener("click", () => running?.abort());
}

async function draw(done) {
    clearErrors(form);
    if (running || !model() || !check(form)) {
        return;
    }
    running = new AbortController();
    state(true, "Asked for");
    try {
        const body = read();
        const response = await post(`/generate-${model().model_type}`, body, {
            headers: { Accept: "text/event-stream" },
            signal: running.signal,
        });
        done(await watch(response, body.num_samples));
        state(false);
    } catch (error) {
        const stopped = error.name === "AbortError";
        state(false, stopped ? "Stopped." : "");
        if (!stopped) {
            say(form, error);
        }
    }
}

/** Follows the drawing of so many images to its end; the finished picture. */
async function watch(response, images) {
    for await (const { name, data } of events(response)) {
        if (name === "queued") {
            report(0, 1, data.position > 0 ? `Waiting: ${plural(data.position, "request")} before this one` : "About to begin");
        } else if (name === "step") {
            reportStep(data, images);
        } else if (name === "done") {
            announce(`Done: ${duration(data.seconds)}${data.queued_seconds >= 0.1
                ? `, after ${duration(data.queued_seconds)} of waiting` : ""}.`);
            return data;
        } else if (name === "problem") {
            throw Object.assign(new Error(data.detail ?? data.title), data);
        }
    }
    throw new Error("The connection ended before the picture was finished.");
}

function reportStep({ step, steps, finished, in_work: now, image_base64: image }, images) {
    const text = finished > 0 ? `${finished} of ${images} images finished, the next at step` : "Step";
    report(finished + (now * step) / steps, images, `${text} ${step} of ${steps}`, image);
}

function report(value, max, text, image) {
    const bar = $("progress", progress);
    bar.max = max;
    bar.value = value;
    $("span", progress).textContent = text;
    if (image) {
        showDraft(image);
        announce("Drawing");
    } else {
        announce(text);
    }
}

/** Says how things stand to a screen reader too; each step would be too much. */
function announce(text) {
    const said = $("#said");
    if (said.textContent !== text) {
        said.textContent = text;
    }
}

function state(busy, text) {
    start.setAttribute("aria-disabled", busy);
    show(stop, busy, start);
    progress.hidden = !busy;
    if (busy) {
        report(0, 1, text);
    } else {
        running = null;
        text !== undefined && announce(text);
    }
}
