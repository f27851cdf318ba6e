package org.scorebook.course;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A wrong version of what a student's code is given. Code that is right with it makes the mistake itself.
 *
 * @param name of the value
 * @param version what becomes of it; {@code null} where it is exchanged with another
 * @param other the name of that value, or {@code null}
 */
record Variation(String name, Wrong version, String other) {
    /** What becomes of one value. */
    enum Wrong {
        OPPOSITE("minus %s", "look for a lost or a turned minus sign"),
        TWICE("2 times %s", "look for a missing factor 2"),
        HALF("half of %s", "look for a factor 2 too many"),
        SQUARE(
                "the square of %s",
                "look for a missing square, such as a standard deviation in place of a variance, or a root too many"),
        ROOT(
                "the root of %s",
                "look for a missing root, such as a variance in place of a standard deviation, or a square too many"),
        AFTER("%s + 1", "it is off by one there"),
        BEFORE("%s - 1", "it is off by one there"),
        REVERSED("%s in reverse order", "look at the order of its elements"),
        TRANSPOSED("rows and columns of %s exchanged", "look at the order of its axes");

        private final String words;
        private final String advice;

        Wrong(String words, String advice) {
            this.words = words;
            this.advice = advice;
        }

        /** What to look for where this version is right. */
        String advice() {
            return advice;
        }

        /** The value changed; nothing where this version is not for values of its kind. */
        Optional<Object> of(Object value) {
            if (value instanceof Integer number) {
                return whole(number).map(Long::intValue);
            }
            if (value instanceof Long number) {
                return whole(number).map(Long::longValue);
            }
            if (value instanceof Float number) {
                return Optional.of((float) real(number))
                        .filter(changed -> !changed.isNaN())
                        .map(Object.class::cast);
            }
            if (value instanceof Double number) {
                return Optional.of(real(number))
                        .filter(changed -> !changed.isNaN())
                        .map(Object.class::cast);
            }
            return array(value);
        }

        private Optional<Long> whole(long value) {
            return this == AFTER ? Optional.of(value + 1) : this == BEFORE ? Optional.of(value - 1) : Optional.empty();
        }

        private double real(double value) {
            return switch (this) {
                case OPPOSITE -> -value;
                case TWICE -> 2 * value;
                case HALF -> value / 2;
                case SQUARE -> value * value;
                case ROOT -> Math.sqrt(value);
                default -> Double.NaN;
            };
        }

        private Optional<Object> array(Object value) {
            if (value instanceof NDArray array && (this == OPPOSITE || this == TWICE || this == HALF)) {
                return Optional.of(this == OPPOSITE ? array.neg() : array.mul(real(1)));
            }
            if (value instanceof double[][] rows && this == TRANSPOSED) {
                return transposed(rows);
            }
            if (value instanceof double[] numbers) {
                return elements(numbers).map(Object.class::cast);
            }
            if (value instanceof float[] numbers) {
                double[] wide = new double[numbers.length];
                for (int i = 0; i < wide.length; i++) {
                    wide[i] = numbers[i];
                }
                return elements(wide).map(Wrong::narrow);
            }
            return Optional.empty();
        }

        private Optional<double[]> elements(double[] values) {
            Numbers numbers = new Numbers(values, new long[] {values.length});
            return switch (this) {
                case REVERSED -> Optional.of(numbers.reversed().values());
                case OPPOSITE, TWICE, HALF ->
                    Optional.of(numbers.map(this::real).values());
                default -> Optional.empty();
            };
        }

        private static float[] narrow(double[] values) {
            float[] narrow = new float[values.length];
            for (int i = 0; i < narrow.length; i++) {
                narrow[i] = (float) values[i];
            }
            return narrow;
        }

        private static Optional<Object> transposed(double[][] rows) {
            double[][] columns = new double[rows[0].length][rows.length];
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < columns.length; j++) {
                    columns[j][i] = rows[i][j];
                }
            }
            return Optional.of(columns);
        }
    }

    /** All that there are for values seen in checks, single ones first. */
    static List<Variation> of(Map<String, Object> seen) {
        List<Variation> all = new ArrayList<>();
        for (Wrong version : Wrong.values()) {
            seen.forEach((name, value) -> {
                if (version.of(value).isPresent()) {
                    all.add(new Variation(name, version, null));
                }
            });
        }
        Map<String, Object> rest = new LinkedHashMap<>(seen);
        seen.forEach((name, value) -> {
            rest.remove(name);
            rest.forEach((other, second) -> {
                if (value.getClass() == second.getClass()) {
                    all.add(new Variation(name, null, other));
                }
            });
        });
        return all;
    }

    /** What a student's code gets in place of a value, if all values by name are those. */
    Object of(String asked, Object value, Map<String, Object> values) {
        if (other != null && (asked.equals(name) || asked.equals(other))) {
            return values.getOrDefault(asked.equals(name) ? other : name, value);
        }
        return asked.equals(name) ? version.of(value).orElse(value) : value;
    }

    String hint() {
        return other == null
                ? "your code is right for " + String.format(version.words, name) + ": " + version.advice
                : "your code is right with " + name + " and " + other + " exchanged: look where each is used";
    }
}
