package org.scorebook.grading;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.scorebook.ipynb.Exercise;
import org.scorebook.ipynb.NotebookCell;

/** What a hand-in has of one check: whole, changed, in pieces, or in one cell with something else. */
final class CheckCopies {
    private static final int TELLING = 12; // characters of a line that a student would not write by chance

    private final List<HandedCell> parts;
    private final List<HandedCell> whole = new ArrayList<>();
    private final List<HandedCell> changed = new ArrayList<>();
    private final List<HandedCell> pieces = new ArrayList<>();
    private boolean merged;

    CheckCopies(NotebookCell check, List<HandedCell> parts, ReferenceNotebook reference) {
        this.parts = parts;
        String normal = JavaWords.normal(check.source());
        Set<String> lines = new HashSet<>(JavaWords.lines(check.source()));
        for (HandedCell part : parts) {
            if (!part.isCode() || part.original || part.normal.isEmpty()) {
                continue;
            }
            if (part.normal.equals(normal)) {
                whole.add(part);
            } else if (part.normal.contains(normal)) {
                merged = true;
            } else if (isPiece(part, lines)) {
                pieces.add(part);
            } else if (isCopy(part, check, reference)) {
                changed.add(part);
            }
        }
    }

    private static boolean isPiece(HandedCell part, Set<String> lines) {
        List<String> own = JavaWords.lines(part.cell.source());
        return lines.containsAll(own) && own.stream().anyMatch(line -> line.length() >= TELLING);
    }

    /** Whether the part is this check, as it is or changed, and nothing else. */
    static boolean isCopy(HandedCell part, NotebookCell check, ReferenceNotebook reference) {
        if (part.normal.equals(JavaWords.normal(check.source()))) {
            return true;
        }
        if (part.answer || !Exercise.isCheck(part.cell) && !part.isFrom(check)) {
            return false;
        }
        return part.isFrom(check) || numbers(part.cell).equals(numbers(check));
    }

    private static String numbers(NotebookCell check) {
        return Exercise.numberOf(check).orElse("");
    }

    /** The copy that stands behind the answer and before the next one, where there is one: the check stays where it is. */
    HandedCell placeBehind(int answer, int next) {
        return whole.stream()
                .filter(part -> parts.indexOf(part) > answer && parts.indexOf(part) < next)
                .findFirst()
                .orElse(null);
    }

    /** Says what was not as it was handed out. */
    void tell(String number, HandedCell kept, int answer, List<String> sentences) {
        String the = "The check of exercise " + number;
        if (whole.size() > 1) {
            sentences.add(the + " was there " + whole.size() + " times: one was used.");
        } else if (whole.size() == 1 && kept == null) {
            sentences.add(
                    the + (parts.indexOf(whole.get(0)) <= answer ? " stood before the answer" : " stood elsewhere")
                            + ": it was put behind it.");
        } else if (changed.size() + pieces.size() == 1) {
            sentences.add(the + " was changed: the original was used.");
        } else if (!changed.isEmpty() || !pieces.isEmpty()) {
            sentences.add(the + " was in pieces: the original was used.");
        } else if (merged) {
            sentences.add(the + " was in one cell with something else: the original was put behind it.");
        } else if (whole.isEmpty()) {
            sentences.add(the + " was missing: it was put back.");
        }
    }

    /** Leaves them all out: the original takes their place. */
    void drop() {
        for (List<HandedCell> each : List.of(whole, changed, pieces)) {
            each.forEach(part -> part.dropped = true);
        }
    }
}
