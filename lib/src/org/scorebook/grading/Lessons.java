package org.scorebook.grading;

import java.util.ArrayList;
import java.util.List;
import org.scorebook.ipynb.Exercise;
import org.scorebook.ipynb.NotebookCell;

/** Puts back what a hand-in lacks of the cells that are no exercises. */
final class Lessons {
    private final ReferenceNotebook reference;
    private final List<HandedCell> parts;
    private final String allCode;
    private final List<Integer> missing = new ArrayList<>();
    private final List<Integer> changed = new ArrayList<>();

    Lessons(ReferenceNotebook reference, List<HandedCell> parts, String allCode) {
        this.reference = reference;
        this.parts = parts;
        this.allCode = "\n" + allCode + "\n";
    }

    void restore(List<String> sentences) {
        int place = -1;
        for (int i = 0; i < reference.cells().size(); i++) {
            NotebookCell cell = reference.cells().get(i);
            String normal = cell.isCode() ? JavaWords.normal(cell.source()) : "";
            int found = find(cell, normal);
            if (found < 0 && !normal.isEmpty() && isLesson(cell) && !isInside(normal)) {
                parts.add(place + 1, ofReference(cell));
                missing.add(i + 1);
                found = place + 1;
            } else if (found >= 0 && isLesson(cell) && mustBeOriginal(parts.get(found), cell, normal)) {
                parts.set(found, ofReference(cell));
                changed.add(i + 1);
            }
            place = found < 0 ? place : found;
        }
        tell(missing, "missing: put back was", "missing: put back were", sentences);
        tell(
                changed,
                "changed, on which checks rely: restored was",
                "changed, on which checks rely: restored were",
                sentences);
    }

    private static boolean isLesson(NotebookCell cell) {
        return cell.isCode() && !Exercise.isAnswer(cell) && !Exercise.isCheck(cell);
    }

    private boolean isInside(String normal) {
        return allCode.contains("\n" + normal + "\n");
    }

    /** The place of the same cell: by its text, else by its ID; -1 where there is none. */
    private int find(NotebookCell cell, String normal) {
        int byId = -1;
        for (int i = 0; i < parts.size(); i++) {
            HandedCell part = parts.get(i);
            if (part.cell.isCode() && !normal.isEmpty() && part.normal.equals(normal)) {
                part.original = isLesson(cell);
                return i;
            }
            if (byId < 0 && part.isFrom(cell)) {
                byId = i;
            }
        }
        return byId;
    }

    /** Whether a cell that was made from this one has to make way for it: emptied, or with names that checks rely on. */
    private boolean mustBeOriginal(HandedCell part, NotebookCell cell, String normal) {
        return part.cell.isCode()
                && !part.normal.equals(normal)
                && !part.answer
                && !isInside(normal)
                && (part.normal.isEmpty()
                        || !reference.conflicts(reference.declared(cell)).isEmpty());
    }

    private static HandedCell ofReference(NotebookCell cell) {
        HandedCell part = new HandedCell(Restorer.original(cell), java.util.Set.of());
        part.original = true;
        return part;
    }

    private static void tell(List<Integer> cells, String one, String more, List<String> sentences) {
        if (cells.size() == 1) {
            sentences.add("A cell of the lesson was " + one + " cell " + cells.get(0) + " of the original.");
        } else if (!cells.isEmpty()) {
            sentences.add(cells.size() + " cells of the lesson were " + more + " cells "
                    + String.join(", ", cells.stream().map(String::valueOf).toList()) + " of the original.");
        }
    }
}
