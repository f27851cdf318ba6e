package org.scorebook.kernel;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A value as text. Arrays as JShell writes them, {@code int[3] { 1, 2, 3 }}, also in collections, Optionals and records; those
 * in arrays on lines of their own, and the middle of long ones left out. Objects of classes that a cell declares without the
 * name of JShell's class.
 */
final class ValueText {
    private static final int MOST_VALUES = 40;
    private static final int VALUES_AT_EACH_END = 10;
    private static final int MOST_ROWS = 10;
    private static final int ROWS_AT_EACH_END = 3;

    /** What an array's own toString gives: its class's name and a number. */
    private static final Pattern ADDRESS = Pattern.compile("\\[+(?:[ZBCSIJFD]|L[^;@\\s]+;)@[0-9a-f]+");

    /** What the text is inside of: an array that contains itself would never end. */
    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private ValueText() {}

    static String of(Object value) {
        return new ValueText().text(value, "");
    }

    private String text(Object value, String indent) {
        if (isArray(value)) {
            return array(value, indent);
        }
        String plain = Frames.plain(String.valueOf(value));
        Map<String, Object> arrays = new HashMap<>();
        if (ADDRESS.matcher(plain).find()) {
            collect(value, arrays, Collections.newSetFromMap(new IdentityHashMap<>()));
        }
        if (arrays.isEmpty() || !open.add(value)) {
            return plain;
        }
        String text = withArrays(value, plain, arrays, indent);
        open.remove(value);
        return text;
    }

    /** Adds the arrays that a value's own text names, by the address that stands there for each. */
    private static void collect(Object value, Map<String, Object> arrays, Set<Object> seen) {
        if (isArray(value)) {
            arrays.put(Frames.plain(value.toString()), value);
        } else if (seen.add(value)) {
            parts(value).forEach(part -> collect(part, arrays, seen));
        }
    }

    private static Collection<?> parts(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet();
        }
        if (value instanceof Map.Entry<?, ?> entry) {
            return Arrays.asList(entry.getKey(), entry.getValue());
        }
        if (value instanceof Optional<?> optional) {
            return optional.stream().toList();
        }
        if (value instanceof Record) {
            return Stream.of(value.getClass().getRecordComponents())
                    .map(component -> component(value, component))
                    .toList();
        }
        return value instanceof Collection<?> all ? all : List.of();
    }

    private static Object component(Object owner, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null; // of a module that keeps it closed, or an accessor that fails
        }
    }

    private String withArrays(Object value, String plain, Map<String, Object> arrays, String indent) {
        boolean map = value instanceof Map;
        if (map || value instanceof Collection) {
            return rows(map ? "{" : "[", new ArrayList<>(parts(value)), map ? "}" : "]", indent);
        }
        String addresses = arrays.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")\\b"));
        return Pattern.compile(addresses)
                .matcher(plain)
                .replaceAll(found -> Matcher.quoteReplacement(array(arrays.get(found.group()), indent)));
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
