package org.scorebook.course;

import java.time.Duration;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds the likeliest mistake by trying wrong versions: those that the exercise's author names, then gradients that are lost, changes of
 * the answers or of the right ones, and changes of what the student's code is given. One that makes every check of the exercise pass is the hint.
 */
final class Diagnosis {
    private final List<Trial> trials;
    private final Map<String, Object> given = new LinkedHashMap<>();
    private final Map<Integer, BitSet> wrong = new TreeMap<>(); // elements, by the size of the answer
    private final long end;

    private Diagnosis(List<Trial> trials, Duration limit) {
        this.trials = trials.stream()
                .sorted(Comparator.comparing(Trial::isDerived))
                .toList(); // those that take a computation come last
        this.end = System.nanoTime() + limit.toNanos();
        trials.forEach(trial -> given.putAll(trial.given()));
        trials.stream()
                .filter(trial -> !trial.isDerived() && trial.numbers() != null)
                .forEach(trial -> wrong.computeIfAbsent(trial.numbers().size(), size -> new BitSet())
                        .or(trial.wrong()));
    }

    /**
     * The hint; empty where no wrong version explains all.
     *
     * @param trials those of an exercise, of which at least one has failed
     * @param limit how long all versions may take together
     */
    static String hint(List<Trial> trials, Duration limit) {
        Diagnosis diagnosis = new Diagnosis(trials, limit);
        return Stream.<Supplier<String>>of(
                        diagnosis::mistake,
                        () -> LostGradient.hint(trials),
                        diagnosis::correction,
                        diagnosis::slip,
                        diagnosis::variation)
                .map(Supplier::get)
                .filter(hint -> !hint.isEmpty())
                .findFirst()
                .orElse("");
    }

    private String mistake() {
        return trials.stream()
                .flatMap(trial -> trial.mistakes().keySet().stream())
                .filter(sentence -> trials.stream().allMatch(trial -> trial.isExplainedBy(sentence)))
                .findFirst()
                .orElse("");
    }

    private String correction() {
        return Correction.of(given).stream()
                .filter(correction ->
                        trials.stream().allMatch(trial -> trial.passesWith(correction, this::elements, timeLeft())))
                .map(Correction::hint)
                .findFirst()
                .orElse("");
    }

    private String slip() {
        if (trials.stream().noneMatch(Trial::isWrongNumber)) {
            return ""; // NaN has many causes
        }
        return Slip.ALL.stream()
                .filter(slip -> trials.stream().allMatch(trial -> trial.cameBy(slip, this::elements, timeLeft())))
                .map(Slip::hint)
                .findFirst()
                .orElse("");
    }

    /** The same elements are changed in all answers of one size; all of them where other things are computed from each of that size. */
    private BitSet elements(int size) {
        BitSet all = new BitSet();
        all.set(0, size);
        return wrong.getOrDefault(size, all);
    }

    private String variation() {
        return Variation.of(given).stream()
                .filter(variation -> trials.stream().allMatch(trial -> trial.passesWith(variation, timeLeft())))
                .map(Variation::hint)
                .findFirst()
                .orElse("");
    }

    private Duration timeLeft() {
        return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
    }
}
