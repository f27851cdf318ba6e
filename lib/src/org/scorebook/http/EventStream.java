package org.scorebook.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Server-sent events, written as they come. */
public final class EventStream {
    private final OutputStream out;

    /** Begins the answer. */
    public EventStream(Context context) throws IOException {
        context.res().setStatus(200);
        context.res().setContentType(Endpoint.EVENTS + ";charset=utf-8");
        context.res().setHeader("Cache-Control", "no-store");
        context.res().setHeader("X-Accel-Buffering", "no"); // nginx would keep them until the end
        out = context.res().getOutputStream();
        out.flush();
    }

    public void send(String event, Object data) throws IOException {
        send(null, event, data);
    }

    /** @param id from which a client that comes back goes on; null for none */
    public void send(String id, String event, Object data) throws IOException {
        String text =
                (id == null ? "" : "id: " + id + "\n") + "event: " + event + "\ndata: " + Json.text(data) + "\n\n";
        write(text);
    }

    /** Keeps the connection, and finds out whether there is still a client. */
    public void beat() throws IOException {
        write(": \n\n");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
