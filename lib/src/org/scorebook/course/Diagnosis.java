package org.scorebook.course;

import java.time.Duration;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the likeliest mistake by trying wrong versions: those that the exercise's author names, then changes of the answers, then changes
 * of what the student's code is given. One that makes every check of the exercise pass is the hint.
 */
final class Diagnosis {
    private final List<Trial> trials;
    private final Map<String, Object> given = new LinkedHashMap<>();
    private final long end;

    private Diagnosis(List<Trial> trials, Duration limit) {
        this.trials = trials;
        this.end = System.nanoTime() + limit.toNanos();
        trials.forEach(trial -> given.putAll(trial.given()));
    }

    /**
     * The hint; empty where no wrong version explains all.
     *
     * @param trials those of an exercise, of which at least one has failed
     * @param limit how long all versions may take together
     */
    static String hint(List<Trial> trials, Duration limit) {
        Diagnosis diagnosis = new Diagnosis(trials, limit);
        if (diagnosis.isCut()) {
            return "nothing that is tracked leads to what is differentiated: is setRequiresGradient missing, or the graph cut?";
        }
        String mistake = diagnosis.mistake();
        String correction = mistake.isEmpty() ? diagnosis.correction() : mistake;
        return correction.isEmpty() ? diagnosis.variation() : correction;
    }

    /** The engine says so of a gradient that it cannot follow. */
    private boolean isCut() {
        return trials.stream()
                .allMatch(trial -> trial.passed()
                        || trial.thrown() != null && trial.thrown().problem().contains("does not require grad"));
    }

    private String mistake() {
        return trials.stream()
                .flatMap(trial -> trial.mistakes().keySet().stream())
                .filter(sentence -> trials.stream().allMatch(trial -> trial.isExplainedBy(sentence)))
                .findFirst()
                .orElse("");
    }

    private String correction() {
        Map<Integer, BitSet> wrong = new TreeMap<>();
        for (Trial trial : trials) {
            if (trial.numbers() != null) {
                wrong.computeIfAbsent(trial.numbers().values().length, size -> new BitSet())
                        .or(trial.wrong());
            }
        }
        return Correction.of(given).stream()
                .filter(correction -> trials.stream().allMatch(trial -> passes(trial, correction, wrong)))
                .map(Correction::hint)
                .findFirst()
                .orElse("");
    }

    /** The same elements are corrected in all answers of one size. */
    private boolean passes(Trial trial, Correction correction, Map<Integer, BitSet> wrong) {
        Numbers numbers = trial.numbers();
        BitSet which = numbers == null ? new BitSet() : wrong.get(numbers.values().length);
        return timeLeft() && trial.passesWith(correction, which);
    }

    private String variation() {
        return Variation.of(given).stream()
                .filter(variation -> trials.stream().allMatch(trial -> passes(trial, variation)))
                .map(Variation::hint)
                .findFirst()
                .orElse("");
    }

    private boolean passes(Trial trial, Variation variation) {
        return timeLeft() && trial.passesWith(variation, Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    }

    private boolean timeLeft() {
        return System.nanoTime() < end;
    }
}
