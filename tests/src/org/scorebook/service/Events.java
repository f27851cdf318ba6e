package org.scorebook.service;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Server-sent events as they come. */
final class Events implements AutoCloseable {
    private final BufferedReader lines;

    Events(InputStream in) {
        lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** @param id null for none */
    record Event(String id, String name, JsonObject data) {
        int number(String field) {
            return data.get(field).getAsInt();
        }

        String text(String field) {
            return data.get(field).getAsString();
        }
    }

    /** The next one; null at the end. */
    Event next() throws IOException {
        String id = null;
        String name = null;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                return new Event(
                        id, name, JsonParser.parseString(line.substring(6)).getAsJsonObject());
            }
        }
        return null;
    }

    /** The next one of a name. */
    Event next(String name) throws IOException {
        Event event = next();
        while (event != null && !event.name().equals(name)) {
            event = next();
        }
        return event;
    }

    /** All up to the end. */
    List<Event> rest() throws IOException {
        List<Event> all = new ArrayList<>();
        for (Event event = next(); event != null; event = next()) {
            all.add(event);
        }
        return all;
    }

    /** Goes away. */
    @Override
    public void close() throws IOException {
        lines.close();
    }
}
