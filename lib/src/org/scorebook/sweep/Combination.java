package org.scorebook.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.scorebook.base.Require;
import org.scorebook.config.RunConfig;

/**
 * One value of each setting of a grid.
 *
 * @param values by the settings' names in JSON, as they were written
 */
public record Combination(Map<String, String> values) {
    public Combination {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(Require.given("values", values)));
    }

    /** This one and a value more. */
    Combination with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(key, value);
        return new Combination(more);
    }

    /** The settings of a run of this combination. */
    RunConfig config(RunConfig base) {
        return base.with(values);
    }

    /** As {@code lr=1e-4, schedule=linear}. */
    @Override
    public String toString() {
        return values.isEmpty()
                ? "the settings as they are"
                : values.entrySet().stream()
                        .map(value -> value.getKey() + "=" + value.getValue())
                        .collect(Collectors.joining(", "));
    }
}
