package org.scorebook.kernel;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * A value as text. Arrays as JShell writes them, {@code int[3] { 1, 2, 3 }}, those in arrays on lines of their own, and
 * the middle of long ones left out; objects of classes that a cell declares without the name of JShell's class.
 */
final class ValueText {
    private static final int MOST_VALUES = 40;
    private static final int VALUES_AT_EACH_END = 10;
    private static final int MOST_ROWS = 10;
    private static final int ROWS_AT_EACH_END = 3;

    /** The arrays that the text is inside of: one that contains itself would never end. */
    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private ValueText() {}

    static String of(Object value) {
        return new ValueText().text(value, "");
    }

    private String text(Object value, String indent) {
        if (isArray(value)) {
            return array(value, indent);
        }
        if (value instanceof Collection<?> all && all.stream().anyMatch(ValueText::isArray)) {
            return rows("[", new ArrayList<>(all), "]", indent);
        }
        if (value instanceof Map<?, ?> map && map.values().stream().anyMatch(ValueText::isArray)) {
            return rows("{", new ArrayList<>(map.entrySet()), "}", indent);
        }
        return value instanceof Map.Entry<?, ?> entry && isArray(entry.getValue())
                ? entry.getKey() + "=" + text(entry.getValue(), indent)
                : Frames.plain(String.valueOf(value));
    }

    private static boolean isArray(Object value) {
        return value != null && value.getClass().isArray();
    }

    private String array(Object array, String indent) {
        Class<?> type = array.getClass().getComponentType();
        String dimensions = "[" + Array.getLength(array) + "]";
        for (; type.isArray(); type = type.getComponentType()) {
            dimensions += "[]";
        }
        String head = type.getSimpleName() + dimensions + " {";
        if (!open.add(array)) {
            return head + " ... }";
        }
        String text = array instanceof Object[] all && Arrays.stream(all).anyMatch(ValueText::isArray)
                ? rows(head, Arrays.asList(all), "}", indent)
                : line(head, array, indent);
        open.remove(array);
        return text;
    }

    private String line(String head, Object array, String indent) {
        List<String> texts =
                texts(Array.getLength(array), i -> Array.get(array, i), MOST_VALUES, VALUES_AT_EACH_END, indent);
        return texts.isEmpty() ? head + " }" : head + " " + String.join(", ", texts) + " }";
    }

    private String rows(String head, List<?> rows, String tail, String indent) {
        String inner = indent + "  ";
        List<String> texts = texts(rows.size(), rows::get, MOST_ROWS, ROWS_AT_EACH_END, inner);
        return head + "\n" + inner + String.join(",\n" + inner, texts) + "\n" + indent + tail;
    }

    private List<String> texts(int size, IntFunction<?> elements, int most, int atEachEnd, String indent) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (size > most && i == atEachEnd) {
                texts.add("...");
                i = size - atEachEnd;
            }
            texts.add(quoted(elements.apply(i), indent));
        }
        return texts;
    }

    private String quoted(Object value, String indent) {
        return value instanceof String
                ? "\"" + value + "\""
                : value instanceof Character ? "'" + value + "'" : text(value, indent);
    }
}
