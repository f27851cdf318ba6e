/** Server-sent events by fetch, which can send a body and a token and be stopped. */
import { request } from "./api.js";

/** The events of a response, each {name, data, id}. */
export async function* events(response) {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    let event = { name: "message", data: [], id: null };
    try {
        for (;;) {
            const { value, done } = await reader.read();
            if (done) {
                return;
            }
            const lines = (rest + value).split("\n");
            rest = lines.pop();
            for (const line of lines.map((l) => l.replace(/\r$/, ""))) {
                if (line !== "") {
                    note(event, line);
                    continue;
                }
                if (event.data.length) {
                    yield { ...event, data: JSON.parse(event.data.join("\n")) };
                }
                event = { name: "message", data: [], id: null };
            }
        }
    } finally {
        reader.cancel().catch(() => {});
    }
}

/** Adds a line to an event; one that begins with a colon is a comment. */
function note(event, line) {
    const [, field, value] = /^([^:]*):? ?(.*)$/.exec(line);
    if (field === "event") {
        event.name = value;
    } else if (field === "data") {
        event.data.push(value);
    } else if (field === "id") {
        event.id = value;
    }
}

function pause(milliseconds, signal) {
    return new Promise((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
    });
}

/** The events of an address behind the id `last`, until nobody wants more; where they end, it asks for those behind the newest. */
export async function* follow(path, last, signal) {
    let wait = 1000;
    while (!signal.aborted) {
        try {
            const headers = { Accept: "text/event-stream", ...(last !== null && { "Last-Event-ID": last }) };
            for await (const event of events(await request(path, { headers, signal }))) {
                wait = 1000;
                last = event.id ?? last;
                yield event;
            }
        } catch (error) {
            if (signal.aborted || (error.status >= 400 && error.status < 500)) {
                throw error;
            }
            yield { name: "lost", data: error.message };
        }
        await pause(wait, signal);
        wait = Math.min(2 * wait, 15_000);
    }
}
