/** The form of a picture's settings: what a model lets one choose, and what was chosen. */
import { $, h, show, terms } from "./dom.js";
import { count, large } from "./text.js";

const form = $("#generate");
const { model: chooser, sampler, steps, num_samples: images, guidance_scale: guidance, seed } = form.elements;
const slider = $("#guidance-slider");
const which = $("#which");
const chips = $("#classes");
let models = [];

export const model = () => models.find(({ id }) => id === chooser.value);

/** Offers these models, the default first chosen; a choice made before stays. */
export function offer(list, fallback) {
    const before = chooser.value;
    models = list;
    const group = (label, some) =>
        some.length ? h("optgroup", { label }, some.map(({ id }) => h("option", { value: id }, id))) : null;
    chooser.replaceChildren(
        ...[
            group("Ship with Scorebook", list.filter(({ shipped }) => shipped)),
            group("Trained here", list.filter(({ shipped }) => !shipped)),
        ].filter(Boolean));
    if (!choose(before)) {
        choose(fallback);
        adapt();
    }
}

/** Whether there is that model; if so it is chosen. */
export function choose(id) {
    const found = models.some((one) => one.id === id);
    if (found) {
        chooser.value = id;
    }
    return found;
}

/** Shows what the chosen model has, with the settings that it was made for. */
export function adapt() {
    const chosen = model();
    if (!chosen) {
        return;
    }
    const [channels, height, width] = chosen.image;
    $("#model-about").replaceChildren(...terms([
        ["Kind", chosen.model_type],
        ["Data", `${chosen.data}, ${width} × ${height}${channels === 3 ? ", colour" : ""}`],
        ["Parameters", large(chosen.parameters)],
        ["Trained", `${count(chosen.steps_trained)} steps`],
    ]));
    sampler.replaceChildren(...chosen.samplers.map(({ name }) => h("option", { value: name }, name)));
    sampler.value = chosen.sampler;
    part("samplers", chosen.samplers.length > 1);
    part("guidable", chosen.guidable);
    part("classes", chosen.classes.length > 0);
    adaptSteps(chosen.sampling_steps);
    setGuidance(chosen.guidance_scale ?? 1);
    offerClasses(chosen.classes);
}

function part(name, shown) {
    $(`[data-if="${name}"]`, form).hidden = !shown;
}

/** The name of the steps' field is the one that the service knows them by. */
function adaptSteps(usual) {
    const chosen = model();
    const method = chosen.samplers.find(({ name }) => name === sampler.value);
    steps.name = chosen.model_type === "energy" ? "langevin_steps" : "steps";
    steps.value = usual ?? method?.usual_steps;
    method?.max_steps ? steps.setAttribute("max", method.max_steps) : steps.removeAttribute("max");
    $("#sampler-hint").textContent = method?.help ?? "";
}

function offerClasses(names) {
    which.value = "all";
    const chip = (name, i) =>
        h("label", {}, h("input", { type: "checkbox", name: "classes", id: `class-${i}`, value: name }), name);
    chips.replaceChildren(chips.firstElementChild, ...names.map(chip));
    showClasses();
}

function setGuidance(value) {
    guidance.value = value;
    slider.value = value;
}

function chosenClasses() {
    if (which.value !== "some") {
        return which.value === "none" ? "none" : null;
    }
    return [...chips.querySelectorAll(":checked")].map(({ value }) => value);
}

/** What to send: a field left empty is left out. */
export function read() {
    const body = { model: chooser.value, num_samples: images.valueAsNumber, [steps.name]: steps.valueAsNumber };
    body.seed = seed.valueAsNumber;
    if (model().model_type === "diffusion") {
        body.sampler = sampler.value;
        body.guidance_scale = model().guidable ? guidance.valueAsNumber : null;
    }
    body.classes = model().classes.length ? chosenClasses() : null;
    return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && !Number.isNaN(value)));
}

/** Puts a picture's settings into the form; false where its model is not there any more. */
export function fill(picture) {
    const there = choose(picture.model);
    if (there) {
        adapt();
        sampler.value = picture.sampler ?? sampler.value;
        adaptSteps(picture.steps);
        setGuidance(picture.guidance_scale ?? guidance.value);
        fillClasses(picture.classes ?? []);
    }
    images.value = picture.num_samples;
    seed.value = picture.seed;
    return there;
}

/** A class is a name, or its number. */
function fillClasses(wanted) {
    which.value = wanted.length === 0 ? "all" : wanted[0] === "none" ? "none" : "some";
    const names = wanted.map((one) => model().classes[one] ?? one);
    chips.querySelectorAll("input").forEach((box) => (box.checked = names.includes(box.value)));
    showClasses();
}

function showClasses() {
    show(chips, which.value === "some");
    const none = which.value === "some" && !chips.querySelector(":checked");
    which.setCustomValidity(none ? "Choose at least one class." : "");
}

chooser.addEventListener("change", adapt);
sampler.addEventListener("change", () => adaptSteps());
slider.addEventListener("input", () => (guidance.value = slider.value));
guidance.addEventListener("input", () => (slider.value = guidance.value));
which.addEventListener("change", () => showClasses());
chips.addEventListener("change", () => showClasses());
$("#dice").addEventListener("click", () => (seed.value = Math.floor(Math.random() * 1e6)));
