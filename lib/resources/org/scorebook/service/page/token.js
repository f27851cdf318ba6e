/** The token of a service that demands one, kept as long as the tab is. */
import { $, ask } from "./dom.js";

const KEY = "scorebook-token";
let asking = null;

export const token = () => sessionStorage.getItem(KEY);

/** Asks for the token once, however many requests were refused with `used`; false: the user did not give one. */
export async function demandToken(used) {
    if (used !== token()) {
        return true;
    }
    asking ??= answer(used).finally(() => (asking = null));
    return asking;
}

async function answer(used) {
    $("#token-why").textContent = used
        ? "The service refused this token. It is the one that it was started with."
        : "This service asks for the token that it was started with. It is kept until this tab is closed.";
    const input = $("#token-value");
    const given = (await ask($("#token"))) && input.value.trim();
    input.value = "";
    if (given) {
        sessionStorage.setItem(KEY, given);
    }
    return Boolean(given);
}
