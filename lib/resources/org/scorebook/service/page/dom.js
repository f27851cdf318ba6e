/** Elements of the page, made and found. */

export const $ = (selector, root = document) => root.querySelector(selector);

/** An element; an attribute that is a function listens to the event of its name, a child that is null is left out. */
export function h(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (typeof value === "function") {
            element.addEventListener(name, value);
        } else if (value !== null && value !== false) {
            element.setAttribute(name, value === true ? "" : value);
        }
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return element;
}

/** A list of terms; a pair whose value is null or empty is left out. */
export function terms(pairs) {
    return pairs
        .filter(([, value]) => value !== null && value !== undefined && value !== "")
        .map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)));
}

/** Shows or hides, and keeps the keyboard's place: `heir` is focused where what had the focus disappears. */
export function show(element, shown, heir) {
    const held = !shown && element.contains(document.activeElement);
    element.hidden = !shown;
    if (held && heir) {
        heir.focus();
    }
}

let asked = Promise.resolve();

/** Asks in a dialog; whether the answer was yes. The event of the last answer, which comes after its dialog closed, comes first. */
export function ask(dialog) {
    asked = asked.then(() => new Promise((resolve) => {
        dialog.returnValue = "no";
        dialog.showModal();
        dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
    }));
    return asked;
}
