package org.scorebook.submission;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where and when a notebook was executed.
 *
 * @param started in UTC, to the second
 * @param seconds how long it took
 * @param budget {@code quick} or {@code full}
 * @param versions by the name of a field, in the order of {@link #FIELDS}; each is one line
 */
record Execution(Instant started, double seconds, String budget, Map<String, String> versions) {
    /** What is known of the machine: versions of the library, Java, the engine, Jupyter and the system; processors and memory. */
    static final List<String> FIELDS = List.of("scorebook", "java", "engine", "jupyter", "system", "hardware");

    Execution {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (String field : FIELDS) {
            ordered.put(field, versions.get(field));
        }
        versions = ordered;
    }

    /** The version of the library. */
    String scorebook() {
        return versions.get("scorebook");
    }

    /** As the fields of an object, in a fixed order. */
    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("started", started.toString());
        json.addProperty("seconds", seconds);
        json.addProperty("budget", budget);
        versions.forEach(json::addProperty);
        return json;
    }

    /** Nothing where a field is missing or is none. */
    static Optional<Execution> of(JsonObject json) {
        Map<String, String> versions = new LinkedHashMap<>();
        FIELDS.forEach(field -> versions.put(field, Outputs.text(json.get(field))));
        String budget = Outputs.text(json.get("budget"));
        boolean whole = budget.matches("quick|full")
                && versions.values().stream().allMatch(text -> text.lines().count() == 1)
                && json.get("seconds") instanceof JsonPrimitive number
                && number.isNumber();
        if (!whole) {
            return Optional.empty();
        }
        try {
            Instant started = Instant.parse(Outputs.text(json.get("started")));
            return Optional.of(new Execution(started, json.get("seconds").getAsDouble(), budget, versions));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
