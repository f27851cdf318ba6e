package org.scorebook.service;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Server-sent events, written as they come. */
final class EventStream {
    private final OutputStream out;

    /** Begins the answer. */
    EventStream(Context context) throws IOException {
        context.res().setStatus(200);
        context.res().setContentType(Endpoint.EVENTS + ";charset=utf-8");
        context.res().setHeader("Cache-Control", "no-store");
        context.res().setHeader("X-Accel-Buffering", "no"); // nginx would keep them until the end
        out = context.res().getOutputStream();
        out.flush();
    }

    void send(String event, Object data) throws IOException {
        send(null, event, data);
    }

    /** @param id from which a client that comes back goes on; null for none */
    void send(String id, String event, Object data) throws IOException {
        String text =
                (id == null ? "" : "id: " + id + "\n") + "event: " + event + "\ndata: " + Json.text(data) + "\n\n";
        write(text);
    }

    /** Keeps the connection, and finds out whether there is still a client. */
    void beat() throws IOException {
        write(": \n\n");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
