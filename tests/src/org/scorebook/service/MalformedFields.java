package org.scorebook.service;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Bodies whose fields are JSON of another kind, or out of the bounds, that an OpenAPI schema says. */
final class MalformedFields {
    private static final List<String> NO_NUMBERS = List.of("\"5\"", "true", "[]", "[1]", "{}", "{\"a\":1}", "\"\"");
    private static final List<String> NO_TEXTS = List.of("5", "0.5", "true", "[]", "[\"a\"]", "{}");
    private static final List<String> NO_FLAGS = List.of("1", "0", "\"true\"", "[]", "{}");
    private static final List<String> NO_LISTS = List.of("true", "{}", "[true]", "[null]", "[1.5]", "[[1]]", "[{}]");

    private final Random random;

    MalformedFields(Random random) {
        this.random = random;
    }

    /**
     * A body with some wrong fields among others that are right.
     *
     * @param wrong their names
     */
    record Body(String json, List<String> wrong) {}

    /** @param properties of the schema of a body */
    Body next(JsonObject properties) {
        Map<String, String> fields = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(properties.keySet());
        int number = 1 + random.nextInt(4);
        for (int i = 0; i < number; i++) {
            String name = random.nextInt(5) == 0 ? unknown(properties) : names.get(random.nextInt(names.size()));
            fields.put(name, properties.has(name) ? wrong(properties.getAsJsonObject(name)) : "1");
        }
        List<String> wrong = List.copyOf(fields.keySet());
        String nothing = names.get(random.nextInt(names.size()));
        fields.putIfAbsent(nothing, "null"); // is as good as left out
        String json = fields.entrySet().stream()
                .map(field -> new JsonPrimitive(field.getKey()) + ": " + field.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
        return new Body(json, wrong);
    }

    private String unknown(JsonObject properties) {
        String name = List.of("num_sample", "Seed", "x", "__proto__", "class", "a.b", "steps ", "\0", "\n")
                .get(random.nextInt(9));
        return properties.has(name) ? "y" : name;
    }

    private String wrong(JsonObject schema) {
        return switch (schema.get("type").getAsString()) {
            case "integer", "number" -> number(schema);
            case "string" -> text(schema);
            case "boolean" -> any(NO_FLAGS);
            default -> list();
        };
    }

    private String number(JsonObject schema) {
        boolean whole = schema.get("type").getAsString().equals("integer");
        if (!schema.has("minimum") || random.nextInt(3) == 0) {
            return whole && random.nextBoolean() ? "1.5" : any(NO_NUMBERS);
        }
        BigDecimal least = schema.get("minimum").getAsBigDecimal();
        BigDecimal most = schema.get("maximum").getAsBigDecimal();
        return switch (random.nextInt(6)) {
            case 0 -> least.subtract(BigDecimal.ONE).toString();
            case 1 -> most.add(BigDecimal.ONE).toString();
            case 2 -> "-1e308";
            case 3 -> "1e400";
            case 4 -> "1e" + "9".repeat(2 + random.nextInt(12));
            default -> "9".repeat(20 + random.nextInt(900));
        };
    }

    private String text(JsonObject schema) {
        return switch (random.nextInt(4)) {
            case 0 -> "\"" + "a".repeat(201 + random.nextInt(1000)) + "\"";
            case 1 -> schema.has("enum") ? "\"none such\"" : any(NO_TEXTS);
            default -> any(NO_TEXTS);
        };
    }

    private String list() {
        return random.nextInt(4) == 0 ? "[" + "1, ".repeat(64) + "1]" : any(NO_LISTS);
    }

    private String any(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }
}
