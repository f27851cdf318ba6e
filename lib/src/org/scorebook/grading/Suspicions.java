package org.scorebook.grading;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.scorebook.ipynb.Exercise;
import org.scorebook.ipynb.NotebookCell;

/** What no answer needs, and what could deceive a check or a reader. It costs no points: a person decides. */
final class Suspicions {
    private static final Pattern WORDS = Pattern.compile("\\b(System\\s*\\.\\s*(?:exit|setOut|setErr|load|loadLibrary)"
            + "|Runtime|ProcessBuilder|ProcessHandle|reflect|setAccessible|getDeclared\\w+|MethodHandles|VarHandle|Unsafe"
            + "|jshell|instrument|attach|ClassLoader|URLClassLoader|defineClass|kernel|CheckFailed|Socket|ServerSocket"
            + "|HttpClient|StackWalker|UncaughtExceptionHandler)\\b");
    private static final Pattern MARK = Pattern.compile("[\u2713\u2714\u2705]|\\\\u+271[34]|\\\\u+2705");

    private Suspicions() {}

    /** @param number of the cell in what is executed, from 1 */
    static List<String> in(HandedCell part, int number, ReferenceNotebook reference) {
        List<String> sentences = new ArrayList<>();
        Set<String> words = words(part.cell);
        words.removeAll(ofReference(reference));
        if (!words.isEmpty()) {
            sentences.add("Cell " + number + " uses " + String.join(", ", words) + ", which no answer needs.");
        }
        if (MARK.matcher(part.cell.source()).find()) {
            sentences.add("Cell " + number + " has the sign of a passed check in its text.");
        }
        String assigned = assigned(part, reference);
        if (!assigned.isEmpty()) {
            sentences.add("Cell " + number + " assigns to " + assigned + ", which checks rely on.");
        }
        return sentences;
    }

    private static Set<String> words(NotebookCell cell) {
        Set<String> words = new LinkedHashSet<>();
        Matcher word = WORDS.matcher(JavaWords.code(cell.source()));
        while (word.find()) {
            words.add(word.group().replaceAll("\\s", ""));
        }
        return words;
    }

    private static Set<String> ofReference(ReferenceNotebook reference) {
        Set<String> words = new LinkedHashSet<>();
        reference.cells().stream().filter(NotebookCell::isCode).forEach(cell -> words.addAll(words(cell)));
        return words;
    }

    private static String assigned(HandedCell part, ReferenceNotebook reference) {
        String code = JavaWords.code(part.cell.source());
        boolean byReference = reference.cells().stream()
                .filter(Exercise::isAnswer)
                .anyMatch(cell -> JavaWords.normal(cell.source()).equals(part.normal));
        return byReference
                ? ""
                : reference.conflicts(JavaWords.names(part.cell.source())).stream()
                        .filter(name -> Pattern.compile("(?<![\\w.])" + Pattern.quote(name)
                                        + "\\s*(?:\\[[^\\]]*\\]\\s*)*(?:[-+*/%&|^]?=(?!=)|\\+\\+|--)")
                                .matcher(code)
                                .find())
                        .collect(Collectors.joining(", "));
    }
}
