package org.scorebook.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.scorebook.config.RunSetting;

/** What a grid may be, and how it is written. */
final class SweepGrid {
    /** What a sweep itself decides, and how. */
    private static final Map<String, String> OWN = Map.of(
            "seed", "a sweep counts it up from that of the settings, with --seeds",
            "run_name", "a sweep names its runs by their settings",
            "device", "it is no property of a model; --device and --parallel say where to train");

    private static final int MOST_RUNS = 10_000;
    private static final int MOST_LINES = 20;

    private SweepGrid() {}

    /** A setting's name in JSON. */
    static String name(String key) {
        return RunSetting.find(key).key();
    }

    /** As on the command line. */
    static String text(Object value) {
        return value instanceof Collection<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(value);
    }

    /** Of {@code lr=1e-4,3e-4}; of a setting that is a list, and wherever values have commas, of {@code multipliers=1,2;1,2,2}. */
    static Sweep add(Sweep sweep, String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw new IllegalArgumentException(
                    "grid must be KEY=VALUE,VALUE,..., such as lr=1e-4,3e-4, but is " + text);
        }
        String key = name(text.substring(0, equals).strip());
        if (sweep.grid().containsKey(key)) {
            throw new IllegalArgumentException("grid must name " + key + " once, with all its values");
        }
        String values = text.substring(equals + 1);
        boolean listed = RunSetting.find(key).isList() || values.contains(";");
        return sweep.grid(
                key,
                Arrays.stream(values.split(listed ? ";" : ",", -1))
                        .map(String::strip)
                        .toArray());
    }

    static void check(Sweep sweep) {
        if (sweep.grid().isEmpty() && sweep.seeds() == 1) {
            throw new IllegalArgumentException(
                    "a sweep must vary something: give it a grid, such as --grid lr=1e-4,3e-4, or several --seeds");
        }
        List<String> wrong = new ArrayList<>();
        sweep.grid().forEach((key, values) -> {
            if (OWN.containsKey(key)) {
                wrong.add("grid must not vary " + key + ": " + OWN.get(key));
            } else {
                checkValues(key, values, wrong);
            }
        });
        refuse(wrong);
        long runs = sweep.grid().values().stream().mapToLong(List::size).reduce(sweep.seeds(), (a, b) -> a * b);
        if (runs > MOST_RUNS) {
            throw new IllegalArgumentException("a sweep must have at most " + MOST_RUNS + " runs, but has " + runs);
        }
        for (Combination combination : sweep.combinations()) {
            collect(combination.toString(), wrong, () -> combination
                    .config(sweep.base())
                    .requireTrainable());
        }
        refuse(wrong);
    }

    private static void checkValues(String key, List<String> values, List<String> wrong) {
        RunSetting setting = RunSetting.find(key);
        Map<Object, String> seen = new HashMap<>();
        for (String value : values) {
            collect(key + "=" + value, wrong, () -> {
                String before = seen.put(setting.parse(value), value);
                if (before != null) {
                    throw new IllegalArgumentException("each value must be another, but it is the same as " + before);
                }
            });
        }
        if (values.isEmpty()) {
            wrong.add("grid must have values for " + key);
        }
    }

    private static void collect(String place, List<String> wrong, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            wrong.add(place + ": " + e.getMessage());
        }
    }

    private static void refuse(List<String> wrong) {
        if (wrong.isEmpty()) {
            return;
        }
        String more = wrong.size() > MOST_LINES ? "\nand " + (wrong.size() - MOST_LINES) + " more" : "";
        throw new IllegalArgumentException("of this sweep nothing was started:\n"
                + wrong.stream().limit(MOST_LINES).map(line -> "  " + line).collect(Collectors.joining("\n"))
                + more);
    }
}
