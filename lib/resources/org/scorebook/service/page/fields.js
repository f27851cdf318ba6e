/** What is wrong with a form, said at its fields. */
import { $, h } from "./dom.js";

export function clearErrors(form) {
    form.querySelectorAll(".wrong").forEach((text) => text.remove());
    for (const input of form.querySelectorAll("[aria-invalid]")) {
        input.removeAttribute("aria-invalid");
        describe(input, (ids) => ids.filter((id) => id !== `${input.id}-wrong`));
    }
    $("[data-error]", form).hidden = true;
}

function describe(input, change) {
    const ids = change((input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
    ids.length ? input.setAttribute("aria-describedby", ids.join(" ")) : input.removeAttribute("aria-describedby");
}

function mark(input, message) {
    if (input.hasAttribute("aria-invalid")) {
        return;
    }
    const id = `${input.id}-wrong`;
    input.setAttribute("aria-invalid", "true");
    describe(input, (ids) => [id, ...ids]);
    input.closest(".field").append(h("p", { id, class: "wrong" }, message));
}

/** Marks what the browser itself finds wrong, such as letters in a number; whether all is well. */
export function check(form) {
    const wrong = [...form.elements].filter((input) => input.willValidate && input.offsetParent && !input.validity.valid);
    wrong.forEach((input) => mark(input, input.validationMessage));
    wrong[0]?.focus();
    return wrong.length === 0;
}

/** Says an error; each field that it names is marked, the first focused. */
export function say(form, error) {
    const marked = [];
    const rest = (error.errors ?? []).filter(({ field, value, expected }) => {
        const name = CSS.escape(field.replace(/[.[].*/, ""));
        const input = form.querySelector(`[name="${name}"], #${name}`);
        if (!input?.closest(".field") || input.closest("[hidden]:not(.chips)")) {
            return true;
        }
        mark(input, `Must be ${expected}, but is ${value ?? "empty"}.`);
        marked.push(input);
        return false;
    });
    marked[0]?.focus();
    const text = $("[data-error]", form);
    text.textContent = marked.length && !rest.length ? "Please correct the marked settings." : error.message;
    text.hidden = false;
}
