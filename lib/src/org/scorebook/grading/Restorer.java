package org.scorebook.grading;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scorebook.ipynb.Exercise;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;

/**
 * Makes of a hand-in what is executed. The checks come from the reference, whatever the student has done to them: each stands behind the last
 * answer to its exercise. Cells of the lesson that are gone are put back. All else stays as the student has it, but for cells that declare
 * names which checks rely on.
 */
final class Restorer {
    private final ReferenceNotebook reference;
    private final NotebookFile notebook;
    private final List<HandedCell> parts = new ArrayList<>();
    private final List<String> restorations = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Map<String, List<HandedCell>> checks = new LinkedHashMap<>();
    private final Map<String, String> withheld = new LinkedHashMap<>();
    private final String allCode;

    private Restorer(ReferenceNotebook reference, NotebookFile handIn, Declarations declarations) {
        this.reference = reference;
        notebook = handIn.copy();
        for (NotebookCell cell : notebook.cells()) {
            parts.add(new HandedCell(cell, cell.isCode() ? declarations.of(cell.source()) : Set.of()));
        }
        allCode = parts.stream().map(part -> part.normal).collect(Collectors.joining("\n"));
    }

    static Restored restore(ReferenceNotebook reference, NotebookFile handIn, Declarations declarations) {
        Restorer restorer = new Restorer(reference, handIn, declarations);
        reference.exercises().forEach(restorer::markAnswers);
        Lessons lessons = new Lessons(reference, restorer.parts, restorer.allCode);
        lessons.restore(restorer.restorations);
        restorer.leaveOutForeignNames();
        reference.exercises().forEach(restorer::restoreChecks);
        return restorer.result();
    }

    /** An answer is known by its cell's ID, by what the stub says, or by what only this answer declares. */
    private void markAnswers(Exercise exercise) {
        Set<String> names = reference.answerNames(exercise);
        List<NotebookCell> answers = reference.at(exercise.answers()).toList();
        for (HandedCell part : parts) {
            if (part.isCode()) {
                part.answer |= answers.stream().anyMatch(part::isFrom)
                        || part.isNamed("exercise-" + exercise.number())
                        || part.cell.source().contains("\"Exercise " + exercise.number() + " is not answered yet")
                        || part.declared.stream().anyMatch(names::contains);
            }
        }
    }

    private boolean answers(HandedCell part, Exercise exercise) {
        Set<String> names = reference.answerNames(exercise);
        return part.answer
                && (reference.at(exercise.answers()).anyMatch(part::isFrom)
                        || part.isNamed("exercise-" + exercise.number())
                        || part.cell.source().contains("\"Exercise " + exercise.number() + " is not answered yet")
                        || part.declared.stream().anyMatch(names::contains));
    }

    /** A cell that declares what checks rely on would change what these compare with. */
    private void leaveOutForeignNames() {
        for (HandedCell part : parts) {
            Set<String> names = part.original || !part.isCode() ? Set.of() : reference.conflicts(part.declared);
            if (names.isEmpty() || isCopyOfCheck(part)) {
                continue;
            }
            String what = String.join(", ", names);
            if (!part.answer) {
                part.dropped = true;
                restorations.add("A cell that declares " + what + ", which checks rely on, was left out.");
                continue;
            }
            for (Exercise exercise : reference.exercises()) {
                Set<String> own = reference.conflicts(exercise, part.declared);
                if (!own.isEmpty()) {
                    withheld.put(
                            exercise.number(),
                            "An answer declares " + String.join(", ", own) + ", which the check relies on.");
                }
            }
        }
    }

    private boolean isCopyOfCheck(HandedCell part) {
        return reference.exercises().stream()
                .flatMap(exercise -> reference.at(exercise.checks()))
                .anyMatch(check -> CheckCopies.isCopy(part, check, reference));
    }

    private void restoreChecks(Exercise exercise) {
        int last = lastAnswer(exercise);
        List<NotebookCell> originals = reference.at(exercise.checks()).toList();
        for (int i = 0; i < originals.size(); i++) {
            CheckCopies copies = new CheckCopies(originals.get(i), parts, reference);
            HandedCell kept = copies.placeBehind(last, nextAnswer(exercise, last));
            int place = kept == null ? Math.max(last, betweenEnd(exercise)) + 1 : parts.indexOf(kept);
            copies.tell(exercise.number(), kept, last, restorations);
            copies.drop();
            HandedCell check = new HandedCell(original(originals.get(i)), Set.of());
            check.original = true;
            parts.add(place, check);
            checks.computeIfAbsent(exercise.number(), number -> new ArrayList<>())
                    .add(check);
            last = place;
        }
    }

    /** A copy without outputs of a cell of the reference. */
    static NotebookCell original(NotebookCell cell) {
        NotebookCell copy = NotebookCell.copyOf(cell);
        copy.clear();
        return copy;
    }

    /** The place of the last answer; where there is none, of the exercise's heading, or of what stands before it in the reference. */
    private int lastAnswer(Exercise exercise) {
        int last = -1;
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).isCode() && answers(parts.get(i), exercise)) {
                last = i;
            }
        }
        if (last < 0) {
            restorations.add("No answer to exercise " + exercise.number() + " was found.");
            last = before(reference.at(exercise.answers()).findFirst().orElseThrow());
        }
        return last;
    }

    /** The last part that is, or is made from, a cell that stands before this one in the reference. */
    private int before(NotebookCell cell) {
        List<NotebookCell> earlier =
                reference.cells().subList(0, reference.cells().indexOf(cell));
        for (int i = parts.size() - 1; i >= 0; i--) {
            HandedCell part = parts.get(i);
            boolean found = earlier.stream()
                    .anyMatch(each -> part.isFrom(each)
                            || !part.cell.source().isBlank()
                                    && JavaWords.normal(part.cell.source()).equals(JavaWords.normal(each.source())));
            if (found) {
                return i;
            }
        }
        return parts.size() - 1;
    }

    /** The place of the first answer to a later exercise behind this place. */
    private int nextAnswer(Exercise exercise, int place) {
        for (int i = place + 1; i < parts.size(); i++) {
            HandedCell part = parts.get(i);
            if (part.answer && part.isCode() && !answers(part, exercise)) {
                return i;
            }
        }
        return parts.size();
    }

    /** The place of the last cell of the lesson that stands between answer and check in the reference; -1 where there is none. */
    private int betweenEnd(Exercise exercise) {
        List<NotebookCell> cells = reference.cells();
        List<NotebookCell> answers = reference.at(exercise.answers()).toList();
        int from = cells.indexOf(answers.get(answers.size() - 1)) + 1;
        int to = cells.indexOf(reference.at(exercise.checks()).findFirst().orElseThrow());
        Set<String> between = new LinkedHashSet<>();
        cells.subList(from, to).stream()
                .filter(NotebookCell::isCode)
                .forEach(cell -> between.add(JavaWords.normal(cell.source())));
        return Stream.iterate(parts.size() - 1, i -> i >= 0, i -> i - 1)
                .filter(i -> parts.get(i).isCode() && between.contains(parts.get(i).normal))
                .max(Comparator.naturalOrder())
                .orElse(-1);
    }

    private Restored result() {
        List<HandedCell> left = parts.stream().filter(part -> !part.dropped).toList();
        Set<String> ids = new LinkedHashSet<>();
        left.stream()
                .filter(part -> part.original)
                .forEach(part -> part.cell.id().ifPresent(ids::add));
        left.stream()
                .filter(part ->
                        !part.original && part.cell.id().filter(ids::contains).isPresent())
                .forEach(part -> part.cell.json().remove("id"));
        left.stream().filter(part -> part.isCode() && !part.original).forEach(part -> Suspicions.in(
                        part, left.indexOf(part) + 1, reference)
                .forEach(remarks::add));
        notebook.setCells(left.stream().map(part -> part.cell).toList());
        notebook.giveIds();
        Map<String, List<Integer>> answers = new LinkedHashMap<>();
        for (Exercise exercise : reference.exercises()) {
            answers.put(
                    exercise.number(),
                    left.stream()
                            .filter(part -> part.isCode() && answers(part, exercise))
                            .map(left::indexOf)
                            .toList());
        }
        Map<String, List<Integer>> places = new LinkedHashMap<>();
        checks.forEach((number, cells) ->
                places.put(number, cells.stream().map(left::indexOf).toList()));
        remarks.addAll(withheld.values());
        return new Restored(notebook, restorations, remarks, answers, places, withheld);
    }
}
