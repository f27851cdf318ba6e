package org.scorebook.sweep;

import java.util.Map;
import java.util.stream.Collectors;
import org.scorebook.base.Require;
import org.scorebook.config.RunConfig;

/**
 * One training of a sweep.
 *
 * @param index from 0, in the order in which they are begun
 */
public record SweepMember(int index, Combination combination, long seed) {
    public SweepMember {
        Require.atLeast("index", index, 0);
        Require.given("combination", combination);
    }

    /** Its settings, with a name that says what is varied. */
    RunConfig config(RunConfig base) {
        return combination.config(base).with(Map.of("seed", seed, "run_name", name()));
    }

    /** The number comes first, so that names sort as the runs are begun, and each is another one however long it is. */
    String name() {
        String values = combination.values().entrySet().stream()
                .map(value -> value.getKey() + "-" + value.getValue() + "-")
                .collect(Collectors.joining());
        return number(index) + "-" + values + "seed-" + seed;
    }

    static String number(int index) {
        return "%04d".formatted(index);
    }

    @Override
    public String toString() {
        return combination + ", seed=" + seed;
    }
}
