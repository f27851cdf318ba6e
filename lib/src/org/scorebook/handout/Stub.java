package org.scorebook.handout;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.scorebook.ipynb.Exercise;

/**
 * What stands in a solution's place: a statement that throws. Whatever type a method returns, it compiles; and no value of it passes
 * for an answer. Where statements follow in the same block, which Java would not compile as they could never run, it is
 * {@code if (true) throw ...}: the language takes what follows for reachable, and variables for assigned (JLS 14.22, 16).
 */
final class Stub {
    private static final String COMMENT = "// your answer, in place of the next line";

    /** The end of a block or of the cell, with nothing but comments before it. */
    private static final Pattern BLOCK_ENDS = Pattern.compile("(?s)(\\s|//[^\n]*|/\\*.*?\\*/)*+(}.*)?");

    private Stub() {}

    /** What the statement says when it runs. */
    static String message(String exercise) {
        return "Exercise " + exercise + " is not answered yet.";
    }

    /**
     * The text of an answer's cell, with each solution replaced.
     *
     * @throws IllegalArgumentException where markers are not in pairs, or not on lines of their own
     */
    static String of(String source, String exercise) {
        List<String> kept = new ArrayList<>();
        List<String> lines = List.of(source.split("\n", -1));
        int begin = -1;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            requireAlone(line);
            if (line.equals(Exercise.BEGIN)) {
                require(begin < 0, Exercise.BEGIN + " comes twice before " + Exercise.END);
                begin = i;
            } else if (line.equals(Exercise.END)) {
                require(begin >= 0, "there is no " + Exercise.BEGIN + " before " + Exercise.END);
                kept.addAll(lines(lines.get(begin), lines.subList(i + 1, lines.size()), exercise));
                begin = -1;
            } else if (begin < 0) {
                kept.add(lines.get(i));
            }
        }
        require(begin < 0, "there is no " + Exercise.END + " after " + Exercise.BEGIN);
        return String.join("\n", kept);
    }

    private static List<String> lines(String begin, List<String> after, String exercise) {
        String indent = begin.substring(0, begin.indexOf("//"));
        String condition = BLOCK_ENDS.matcher(String.join("\n", after)).matches() ? "" : "if (true) ";
        String statement = "throw new UnsupportedOperationException(\"" + message(exercise) + "\");";
        return List.of(indent + COMMENT, indent + condition + statement);
    }

    private static void requireAlone(String line) {
        for (String marker : List.of(Exercise.BEGIN, Exercise.END)) {
            require(!line.contains(marker) || line.equals(marker), marker + " must have a line of its own");
        }
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
