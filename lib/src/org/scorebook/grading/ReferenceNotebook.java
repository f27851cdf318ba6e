package org.scorebook.grading;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.scorebook.ipynb.Exercise;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;

/** A notebook with its solutions, and what it tells of hand-ins: which cells check, and which names these rely on. */
final class ReferenceNotebook {
    private static final Set<String> PACKAGES = Set.of("org", "java", "javax", "jdk", "com", "ai", "REPL");

    private final NotebookFile file;
    private final List<Exercise> exercises;
    private final Map<NotebookCell, Set<String>> declared = new HashMap<>();
    private final Set<String> answerNames = new HashSet<>();
    private final Set<String> lessonNames = new HashSet<>();
    private final Set<String> imports = new HashSet<>();
    private final Map<String, Set<String>> reliedOn = new HashMap<>();
    private final List<NotebookCell> cells;

    ReferenceNotebook(NotebookFile file, Declarations declarations) {
        this.file = file;
        cells = file.cells();
        exercises = Exercise.of(file);
        for (NotebookCell cell : cells) {
            if (cell.isCode()) {
                sort(cell, declarations.of(cell.source()));
            }
        }
        exercises.forEach(exercise -> reliedOn.put(exercise.number(), namesIn(exercise, declarations)));
    }

    private void sort(NotebookCell cell, Set<String> names) {
        declared.put(cell, names);
        if (Exercise.isAnswer(cell)) {
            answerNames.addAll(names);
        } else if (!Exercise.isCheck(cell)) {
            names.forEach(name -> (name.startsWith("import ") ? imports : lessonNames).add(name));
        }
    }

    /** What an exercise's checks use and neither they nor answers declare: classes, packages, and names of the lesson. */
    private Set<String> namesIn(Exercise exercise, Declarations declarations) {
        Set<String> names = new LinkedHashSet<>();
        for (NotebookCell check : exercise.checks()) {
            JavaWords.names(check.source()).stream()
                    .filter(name -> Character.isUpperCase(name.charAt(0))
                            || lessonNames.contains(name)
                            || PACKAGES.contains(name))
                    .forEach(names::add);
        }
        names.addAll(PACKAGES);
        names.add("Check");
        names.removeAll(answerNames);
        exercise.checks().forEach(check -> names.removeAll(declarations.of(check.source())));
        return names;
    }

    NotebookFile file() {
        return file;
    }

    /** The cells, the same objects each time. */
    List<NotebookCell> cells() {
        return cells;
    }

    List<Exercise> exercises() {
        return exercises;
    }

    /** What a code cell declares. */
    Set<String> declared(NotebookCell cell) {
        return declared.getOrDefault(cell, Set.of());
    }

    /** The names by which an answer is known: no other exercise's answer declares them, nor does the lesson. */
    Set<String> answerNames(Exercise exercise) {
        Set<String> names = new HashSet<>();
        answersOf(exercise).forEach(cell -> names.addAll(declared(cell)));
        exercises.stream()
                .filter(other -> other != exercise)
                .flatMap(this::answersOf)
                .forEach(cell -> names.removeAll(declared(cell)));
        names.removeAll(lessonNames);
        return names;
    }

    private Stream<NotebookCell> answersOf(Exercise exercise) {
        return at(exercise.answers());
    }

    /** The same cells among {@link #cells}. */
    Stream<NotebookCell> at(List<NotebookCell> some) {
        return some.stream().map(cell -> cells.stream()
                .filter(each -> each.json() == cell.json())
                .findFirst()
                .orElseThrow());
    }

    /** Of these names, those that the checks of an exercise rely on, without the imports that the lesson has, too. */
    Set<String> conflicts(Exercise exercise, Set<String> names) {
        Set<String> conflicts = new LinkedHashSet<>(names);
        conflicts.retainAll(reliedOn.get(exercise.number()));
        names.stream()
                .filter(imports::contains)
                .forEach(whole -> conflicts.remove(whole.substring(whole.lastIndexOf('.') + 1)));
        return conflicts;
    }

    /** The same, for any exercise. */
    Set<String> conflicts(Set<String> names) {
        Set<String> all = new LinkedHashSet<>();
        exercises.forEach(exercise -> all.addAll(conflicts(exercise, names)));
        return all;
    }
}
