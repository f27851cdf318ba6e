package org.scorebook.ipynb;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An exercise of a notebook: cells with a part to be written by the student, which stands between {@value #BEGIN} and {@value #END},
 * and the cells after them that check it with {@code Check.exercise("NUMBER", POINTS)}.
 *
 * @param number as the check says it
 * @param answers the cells with the parts to be written, in order
 * @param checks the cells that check them, in order
 */
public record Exercise(String number, List<NotebookCell> answers, List<NotebookCell> checks) {
    /** The line before what a student writes; nbgrader knows it, too. */
    public static final String BEGIN = "// BEGIN SOLUTION";

    /** The line after it. */
    public static final String END = "// END SOLUTION";

    private static final Pattern CHECK =
            Pattern.compile("\\bCheck\\s*\\.\\s*exercise\\(\\s*\"([^\"]+)\"(?:\\s*,\\s*(\\d+))?");

    /** Copies both lists. */
    public Exercise {
        answers = List.copyOf(answers);
        checks = List.copyOf(checks);
    }

    /**
     * Those of a notebook, in order. Cells with answers belong to the first check after them.
     *
     * @throws IllegalArgumentException where no check follows an answer, or a check no answer, or a number comes twice
     */
    public static List<Exercise> of(NotebookFile notebook) {
        List<Exercise> exercises = new ArrayList<>();
        List<NotebookCell> answers = new ArrayList<>();
        for (NotebookCell cell : notebook.cells()) {
            if (isAnswer(cell)) {
                answers.add(cell);
            } else if (isCheck(cell)) {
                addCheck(notebook, exercises, answers, cell);
                answers.clear();
            }
        }
        if (!answers.isEmpty()) {
            throw new IllegalArgumentException(notebook.path() + ": no check follows the last answer.");
        }
        return exercises;
    }

    private static void addCheck(
            NotebookFile notebook, List<Exercise> exercises, List<NotebookCell> answers, NotebookCell check) {
        String number = numberIn(check);
        int last = exercises.size() - 1;
        if (answers.isEmpty() && last >= 0 && exercises.get(last).number.equals(number)) {
            List<NotebookCell> checks = new ArrayList<>(exercises.get(last).checks);
            checks.add(check);
            exercises.set(last, new Exercise(number, exercises.get(last).answers, checks));
            return;
        }
        if (answers.isEmpty()) {
            throw new IllegalArgumentException(notebook.path() + ": the check of exercise " + number
                    + " must follow a cell with " + BEGIN + ", but there is none.");
        }
        if (exercises.stream().anyMatch(exercise -> exercise.number.equals(number))) {
            throw new IllegalArgumentException(notebook.path() + ": exercise " + number + " is there twice.");
        }
        exercises.add(new Exercise(number, answers, List.of(check)));
    }

    /** Whether a cell has a part for a student to write. */
    public static boolean isAnswer(NotebookCell cell) {
        return cell.isCode() && cell.source().contains(BEGIN);
    }

    /** Whether a cell checks an exercise. */
    public static boolean isCheck(NotebookCell cell) {
        return cell.isCode() && CHECK.matcher(cell.source()).find();
    }

    /** The number of the exercise that a cell checks; nothing where it checks none. */
    public static Optional<String> numberOf(NotebookCell cell) {
        return isCheck(cell) ? Optional.of(numberIn(cell)) : Optional.empty();
    }

    /** What it is worth: the largest number of points that a check of it names, and 1 where none does. */
    public int points() {
        return checks.stream().mapToInt(Exercise::pointsIn).max().orElse(1);
    }

    private static int pointsIn(NotebookCell check) {
        Matcher call = CHECK.matcher(check.source());
        call.find();
        return call.group(2) == null ? 1 : Integer.parseInt(call.group(2));
    }

    /** The number of the exercise that a cell checks, which {@link #isCheck} has said it does. */
    public static String numberIn(NotebookCell check) {
        Matcher call = CHECK.matcher(check.source());
        call.find();
        return call.group(1);
    }
}
