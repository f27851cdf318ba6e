package org.scorebook.weights;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The header of a safetensors file: for each array its name, type, shape, and place among the numbers. */
final class SafetensorsHeader {
    private static final Map<String, DataType> TYPES =
            Map.of("F16", DataType.FLOAT16, "F32", DataType.FLOAT32, "F64", DataType.FLOAT64, "I64", DataType.INT64);
    private static final String METADATA = "__metadata__";

    /**
     * Where an array lies.
     *
     * @param begin first byte among the numbers
     * @param end byte after the last
     */
    record TensorEntry(String name, DataType type, Shape shape, long begin, long end) {
        int bytes() {
            return Math.toIntExact(end - begin);
        }
    }

    private SafetensorsHeader() {}

    /**
     * The places in the header's order.
     *
     * @param text JSON
     * @param length how many bytes of numbers follow; the places must fill them up, without holes and overlaps, as the format
     *     wants
     * @throws IllegalArgumentException if it is not such a header; the message says what is wrong
     */
    static List<TensorEntry> parse(String text, long length) {
        List<TensorEntry> places = new ArrayList<>();
        for (Map.Entry<String, JsonElement> entry : object(text).entrySet()) {
            if (!entry.getKey().equals(METADATA)) {
                places.add(place(entry.getKey(), entry.getValue()));
            }
        }
        long filled = 0;
        List<TensorEntry> inOrder = places.stream()
                .sorted(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end))
                .toList();
        for (TensorEntry place : inOrder) {
            if (place.begin() != filled) {
                throw new IllegalArgumentException("the numbers of " + place.name() + " begin at byte " + place.begin()
                        + ", where " + filled + " is right");
            }
            filled = place.end();
        }
        if (filled != length) {
            throw new IllegalArgumentException("the arrays take " + filled + " bytes, but " + length + " follow");
        }
        return places;
    }

    private static JsonObject object(String text) {
        try {
            if (new Gson().getAdapter(JsonElement.class).fromJson(text) instanceof JsonObject object) {
                return object;
            }
        } catch (IOException | RuntimeException e) { // gson throws both at what is no JSON
            throw new IllegalArgumentException("the header is no JSON", e);
        }
        throw new IllegalArgumentException("the header is no JSON object");
    }

    private static TensorEntry place(String name, JsonElement element) {
        if (!(element instanceof JsonObject entry)) {
            throw new IllegalArgumentException("the entry of " + name + " is no JSON object");
        }
        DataType type = type(name, entry.get("dtype"));
        Shape shape = new Shape(numbers(name, "shape", entry));
        long[] offsets = numbers(name, "data_offsets", entry);
        long size = type.getNumOfBytes();
        for (long side : shape.getShape()) {
            size = Math.multiplyExact(size, side);
        }
        if (offsets.length != 2 || offsets[1] - offsets[0] != size) {
            throw new IllegalArgumentException("shape and place of " + name + " do not agree");
        }
        return new TensorEntry(name, type, shape, offsets[0], offsets[1]);
    }

    private static DataType type(String name, JsonElement element) {
        String text = element != null && element.isJsonPrimitive() ? element.getAsString() : String.valueOf(element);
        if (!TYPES.containsKey(text)) {
            throw new IllegalArgumentException("the type of " + name + " must be F16, F32, F64 or I64, but is " + text);
        }
        return TYPES.get(text);
    }

    private static long[] numbers(String name, String key, JsonObject entry) {
        if (!(entry.get(key) instanceof JsonArray array)) {
            throw new IllegalArgumentException(key + " of " + name + " is no list of numbers");
        }
        long[] numbers = new long[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(name, key, array.get(i));
        }
        return numbers;
    }

    private static long number(String name, String key, JsonElement element) {
        try {
            long number = new BigDecimal(element.getAsString()).longValueExact();
            if (number >= 0) {
                return number;
            }
        } catch (ArithmeticException
                | IllegalStateException
                | NumberFormatException
                | UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    key + " of " + name + " has " + element + ", which is no whole number", e);
        }
        throw new IllegalArgumentException(key + " of " + name + " has " + element + ", which is negative");
    }

    /** The format's name of a type. */
    static String name(DataType type) {
        return TYPES.entrySet().stream()
                .filter(entry -> entry.getValue() == type)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "arrays must be of float16, float32, float64 or int64, but one is of " + type));
    }
}
