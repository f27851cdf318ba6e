/** The form that starts a training. */
import { get, post } from "./api.js";
import { $, h } from "./dom.js";
import { check, clearErrors, say } from "./fields.js";

const form = $("#train");
const { model_type: type, preset, epochs, max_batches_per_epoch: batches } = form.elements;
const USUAL = { diffusion: "emoji-cpu", energy: "ebm-emoji" };
let presets = null;

/** Fills the form when it is first seen. */
export async function offerPresets() {
    if (presets === null) {
        presets = (await get("/presets")).presets;
        adapt();
    }
}

function adapt() {
    const fitting = presets.filter(({ model_type }) => model_type === type.value);
    preset.replaceChildren(...fitting.map(({ name }) => h("option", { value: name }, name)));
    if (fitting.some(({ name }) => name === USUAL[type.value])) {
        preset.value = USUAL[type.value];
    }
    explain();
}

function explain() {
    $("#preset-hint").textContent = presets.find(({ name }) => name === preset.value)?.help ?? "";
}

async function start() {
    clearErrors(form);
    if (!check(form)) {
        return;
    }
    const body = { model_type: type.value, preset: preset.value };
    for (const input of [epochs, batches]) {
        if (input.value !== "") {
            body[input.name] = input.valueAsNumber;
        }
    }
    try {
        const job = await (await post("/train", body)).json();
        $("#new").open = false;
        location.hash = `#job=${encodeURIComponent(job.id)}`;
    } catch (error) {
        say(form, error);
    }
}

type.addEventListener("change", adapt);
preset.addEventListener("change", explain);
form.addEventListener("submit", (event) => {
    event.preventDefault();
    start();
});
