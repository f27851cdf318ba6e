package org.scorebook.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.scorebook.config.RunSetting;

/**
 * A field of a request: the one place that its check, the sentence about a wrong value, and its schema in the OpenAPI document
 * come from.
 *
 * @param min smallest number, or length of a text
 * @param max largest number, or length of a text
 * @param choices of a text; empty where any will do
 * @param initial what stands for it where it is left out; null for nothing, or what {@code help} says
 */
public record RequestField(
        String name, Type type, String help, double min, double max, List<String> choices, Object initial) {
    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_LIST = 64;

    /** What JSON it is. */
    public enum Type {
        INTEGER("integer", "a whole number"),
        NUMBER("number", "a number"),
        TEXT("string", "a text"),
        FLAG("boolean", "true or false"),
        NUMBERS("array", "a list of whole numbers"),
        NAMES("array", "a list of names or numbers");

        private final String schema;
        private final String words;

        Type(String schema, String words) {
            this.schema = schema;
            this.words = words;
        }
    }

    public static RequestField integer(String name, String help, long min, long max, Object initial) {
        return new RequestField(name, Type.INTEGER, help, min, max, List.of(), initial);
    }

    public static RequestField number(String name, String help, double min, double max, Object initial) {
        return new RequestField(name, Type.NUMBER, help, min, max, List.of(), initial);
    }

    public static RequestField text(String name, String help) {
        return new RequestField(name, Type.TEXT, help, 0, LONGEST_TEXT, List.of(), null);
    }

    public static RequestField choice(String name, String help, List<String> choices, Object initial) {
        return new RequestField(name, Type.TEXT, help, 0, LONGEST_TEXT, choices, initial);
    }

    public static RequestField names(String name, String help) {
        return new RequestField(name, Type.NAMES, help, 0, LONGEST_LIST, List.of(), null);
    }

    /** A setting of a training; {@link org.scorebook.config.RunConfig} checks its range. */
    public static RequestField setting(RunSetting setting) {
        Type type = setting.isFlag()
                ? Type.FLAG
                : setting.isList() ? Type.NUMBERS : setting.isNumeric() ? Type.NUMBER : Type.TEXT;
        double limit = type == Type.NUMBER ? Double.POSITIVE_INFINITY : LONGEST_TEXT;
        String help = setting.help() + (setting.initial().isEmpty() ? "" : "; default: the preset's");
        return new RequestField(
                setting.key(), type, help, type == Type.NUMBER ? -limit : 0, limit, setting.choices(), null);
    }

    /**
     * The value in what was sent.
     *
     * @param errors takes what is wrong
     * @return a {@code BigDecimal}, text, truth value or list of these; the initial value for what is left out or null
     */
    public Object read(JsonElement sent, List<FieldError> errors) {
        if (sent == null || sent.isJsonNull()) {
            return initial;
        }
        Object value = value(sent);
        if (value == null) {
            errors.add(new FieldError(name, sent.toString(), expected()));
        }
        return value;
    }

    private Object value(JsonElement sent) {
        return switch (type) {
            case INTEGER -> whole(number(sent));
            case NUMBER -> inRange(number(sent));
            case FLAG -> isPrimitive(sent) && sent.getAsJsonPrimitive().isBoolean() ? sent.getAsBoolean() : null;
            case TEXT -> text(sent);
            case NUMBERS -> list(sent, false);
            case NAMES -> text(sent) != null ? List.of(text(sent)) : list(sent, true);
        };
    }

    private static boolean isPrimitive(JsonElement sent) {
        return sent.isJsonPrimitive();
    }

    private static BigDecimal number(JsonElement sent) {
        if (!isPrimitive(sent) || !sent.getAsJsonPrimitive().isNumber()) {
            return null;
        }
        BigDecimal number = sent.getAsBigDecimal();
        return Math.abs((long) number.scale()) > 400 ? null : number;
    }

    private BigDecimal whole(BigDecimal number) {
        if (number == null || number.stripTrailingZeros().scale() > 0) {
            return null;
        }
        return inRange(number);
    }

    private BigDecimal inRange(BigDecimal number) {
        if (number == null || number.doubleValue() < min || number.doubleValue() > max) {
            return null;
        }
        return number;
    }

    private String text(JsonElement sent) {
        if (!isPrimitive(sent) || !sent.getAsJsonPrimitive().isString()) {
            return null;
        }
        String text = sent.getAsString();
        boolean known = choices.isEmpty() || choices.contains(text);
        return known && text.length() <= LONGEST_TEXT ? text : null;
    }

    private List<Object> list(JsonElement sent, boolean names) {
        if (!(sent instanceof JsonArray array) || array.size() > LONGEST_LIST) {
            return null;
        }
        List<Object> values = new ArrayList<>();
        for (JsonElement element : array) {
            BigDecimal number = number(element);
            Object value = number != null && number.stripTrailingZeros().scale() <= 0
                    ? number.toBigInteger().toString()
                    : names ? text(element) : null;
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return values;
    }

    /** The rest of a sentence that begins with "must be". */
    private String expected() {
        if (!choices.isEmpty()) {
            return "one of " + String.join(", ", choices);
        }
        boolean ranged = (type == Type.INTEGER || type == Type.NUMBER) && Double.isFinite(max);
        return type.words
                + (ranged ? " from " + plain(min) + " to " + plain(max) : "")
                + (type == Type.TEXT ? " of at most " + LONGEST_TEXT + " characters" : "")
                + (type == Type.NAMES || type == Type.NUMBERS ? ", at most " + LONGEST_LIST : "");
    }

    private static String plain(double value) {
        return new BigDecimal(value).toPlainString();
    }

    /** By JSON Schema. */
    public JsonObject schema() {
        JsonObject schema = new JsonObject();
        schema.addProperty("type", type.schema);
        schema.addProperty("description", help);
        switch (type) {
            case INTEGER, NUMBER -> {
                if (Double.isFinite(max)) {
                    schema.addProperty("minimum", new BigDecimal(min));
                    schema.addProperty("maximum", new BigDecimal(max));
                }
            }
            case TEXT -> schema.addProperty("maxLength", LONGEST_TEXT);
            case NUMBERS, NAMES -> {
                schema.addProperty("maxItems", LONGEST_LIST);
                schema.add("items", items());
            }
            case FLAG -> {}
        }
        if (!choices.isEmpty()) {
            schema.add("enum", Json.tree(choices));
        }
        if (initial != null) {
            schema.add("default", Json.tree(initial));
        }
        return schema;
    }

    private JsonObject items() {
        JsonObject items = new JsonObject();
        items.add("type", Json.tree(type == Type.NUMBERS ? "integer" : List.of("string", "integer")));
        return items;
    }
}
