package org.scorebook.mutants;

import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.scorebook.ipynb.Exercise;

/** Collects the mutants of an answer. A source that is already there, but for white space and brackets, is not taken again. */
final class Edits {
    private final Answer answer;
    private final Exercise exercise;
    private final String cell;
    private final List<Mutant> mutants = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    Edits(Answer answer, Exercise exercise, String cell) {
        this.answer = answer;
        this.exercise = exercise;
        this.cell = cell;
        seen.add(normal(answer.source()));
    }

    Answer answer() {
        return answer;
    }

    String text(Tree tree) {
        return answer.text(tree);
    }

    List<Mutant> mutants() {
        return mutants;
    }

    /** Puts another text in a tree's place. */
    void replace(Kind kind, Tree tree, String text) {
        replace(kind, answer.start(tree), answer.end(tree), text);
    }

    /** Puts another text in the place of a stretch of the cell. */
    void replace(Kind kind, int start, int end, String text) {
        String source = answer.source();
        String name = place(start) + ": " + shown(source.substring(start, end)) + " -> " + shown(text);
        add(kind, false, name, source.substring(0, start) + text + source.substring(end));
    }

    /** Adds a cell with a mistake. */
    void add(Kind kind, boolean whole, String name, String source) {
        if (seen.add(normal(source))) {
            mutants.add(new Mutant(exercise.number(), cell, kind, whole, kind + " at " + name, source));
        }
    }

    private String place(int position) {
        String before = answer.source().substring(0, position);
        return before.lines().count() + ":" + (position - before.lastIndexOf('\n'));
    }

    private static String shown(String text) {
        return "`" + text.replaceAll("\\s+", " ") + "`";
    }

    private static String normal(String source) {
        return source.replaceAll("\\s+", "");
    }
}
