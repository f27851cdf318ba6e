package org.scorebook.mutants;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import org.scorebook.ipynb.Exercise;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;

/** All mutants of the answers of a notebook. */
final class Mutants {
    private static final List<Mutator> MUTATORS = List.of(
            new Signs(),
            new Factors(),
            new Powers(),
            new Reductions(),
            new Bounds(),
            new Axes(),
            new Gradients(),
            new Operators(),
            new Functions(),
            new Names(),
            new Conditions(),
            new Constants(),
            new Statements());

    private Mutants() {}

    static List<Mutant> of(NotebookFile notebook) {
        List<Mutant> mutants = new ArrayList<>();
        for (Exercise exercise : Exercise.of(notebook)) {
            for (NotebookCell cell : exercise.answers()) {
                mutants.addAll(of(exercise, cell.id().orElseThrow(), cell.source()));
            }
        }
        return mutants;
    }

    static List<Mutant> of(Exercise exercise, String cell, String source) {
        Answer answer = new Answer(source);
        Edits edits = new Edits(answer, exercise, cell);
        Results.mutate(edits);
        var scanner = new TreePathScanner<Void, Void>() {
            @Override
            public Void scan(Tree tree, Void nothing) {
                if (tree != null && getCurrentPath() != null && answer.isSolution(tree)) {
                    MUTATORS.forEach(mutator -> mutator.mutate(new TreePath(getCurrentPath(), tree), edits));
                }
                return super.scan(tree, nothing);
            }
        };
        scanner.scan(new TreePath(answer.unit()), null);
        return edits.mutants();
    }
}
