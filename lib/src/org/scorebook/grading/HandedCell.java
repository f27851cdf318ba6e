package org.scorebook.grading;

import java.util.Optional;
import java.util.Set;
import org.scorebook.ipynb.NotebookCell;

/** A cell on its way from a hand-in to what is executed. */
final class HandedCell {
    final NotebookCell cell;
    final String normal;
    final Set<String> declared;

    /** Whether it comes from the reference, or is as there. */
    boolean original;

    /** Whether it holds an answer. */
    boolean answer;

    /** Whether it is not executed. */
    boolean dropped;

    HandedCell(NotebookCell cell, Set<String> declared) {
        this.cell = cell;
        this.declared = declared;
        normal = cell.isCode() ? JavaWords.normal(cell.source()) : "";
    }

    boolean isCode() {
        return cell.isCode() && !dropped;
    }

    /** Whether the cell was made from this one: nbgrader's name of it, or the ID, is the same. */
    boolean isFrom(NotebookCell other) {
        Optional<String> grade = gradeId(cell);
        return cell.id().isPresent() && cell.id().equals(other.id())
                || grade.isPresent() && grade.equals(gradeId(other));
    }

    /** Whether nbgrader's name of it is this. */
    boolean isNamed(String name) {
        return gradeId(cell).filter(name::equals).isPresent();
    }

    private static Optional<String> gradeId(NotebookCell cell) {
        try {
            return Optional.of(
                    cell.metadata().getAsJsonObject("nbgrader").get("grade_id").getAsString());
        } catch (NullPointerException | ClassCastException | IllegalStateException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }
}
