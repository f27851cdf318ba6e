/** Requests to the service, and its problems (RFC 9457) as errors. */
import { demandToken, token } from "./token.js";

/** What the service answered instead of what was asked for. */
export class Problem extends Error {
    constructor(status, { title, detail, errors = [], reason = null }, retryAfter = null) {
        const wait = retryAfter ? ` Try again in ${retryAfter} s.` : "";
        super((detail || title || `The service answered with status ${status}.`) + wait);
        this.status = status;
        this.errors = errors;
        this.reason = reason;
    }
}

async function problemOf(response) {
    const body = await response.json().catch(() => ({}));
    return new Problem(response.status, body, response.headers.get("Retry-After"));
}

/** The response, if it is a good one. */
export async function request(path, options = {}) {
    const used = token();
    const headers = { ...options.headers, ...(used && { Authorization: `Bearer ${used}` }) };
    let response;
    try {
        response = await fetch(path, { ...options, headers });
    } catch (error) {
        if (error.name === "AbortError") {
            throw error;
        }
        throw new Problem(0, { detail: "The service does not answer. Does it still run?" });
    }
    if (response.status === 401 && (await demandToken(used))) {
        return request(path, options);
    }
    if (!response.ok) {
        throw await problemOf(response);
    }
    return response;
}

export const get = async (path, options) => (await request(path, options)).json();

export const remove = (path) => request(path, { method: "DELETE" });

export const post = (path, body, options = {}) =>
    request(path, {
        ...options,
        method: "POST",
        headers: { "Content-Type": "application/json", ...options.headers },
        body: JSON.stringify(body),
    });

/** Shows the picture at the address. A browser sends no token with it, so with one it is fetched. */
export async function showImage(img, path) {
    if (!token()) {
        img.src = path;
        return;
    }
    const url = URL.createObjectURL(await (await request(path)).blob());
    img.addEventListener("load", () => URL.revokeObjectURL(url), { once: true });
    img.src = url;
}

/** Answers a click on a link to a file of the service: as it is, or fetched with the token. */
export async function download(event) {
    if (!token()) {
        return;
    }
    event.preventDefault();
    const link = event.currentTarget;
    const url = URL.createObjectURL(await (await request(link.getAttribute("href"))).blob());
    const copy = Object.assign(document.createElement("a"), { href: url, download: link.download });
    copy.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
