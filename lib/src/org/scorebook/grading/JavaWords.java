package org.scorebook.grading;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a cell without comments and texts, and the names in it. It need not compile. */
final class JavaWords {
    private static final Pattern UNICODE = Pattern.compile("\\\\u++([0-9a-fA-F]{4})");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*+(\\s*+->)?+");

    private JavaWords() {}

    /** What is left when comments and literals of characters are blanks. */
    static String code(String source) {
        String text = UNICODE.matcher(source)
                .replaceAll(match ->
                        Matcher.quoteReplacement(Character.toString((char) Integer.parseInt(match.group(1), 16))));
        StringBuilder code = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            int end = endOfSkipped(text, i);
            code.append(end == i ? text.charAt(i) : ' ');
            i = Math.max(end, i + 1);
        }
        return code.toString();
    }

    /** The end of the comment or literal that begins here; the same place where none does. */
    private static int endOfSkipped(String text, int i) {
        if (text.startsWith("//", i)) {
            return indexOrEnd(text, "\n", i, 0);
        }
        if (text.startsWith("/*", i)) {
            return indexOrEnd(text, "*/", i + 2, 2);
        }
        if (text.startsWith("\"\"\"", i)) {
            return endOfLiteral(text, i + 3, "\"\"\"");
        }
        char first = text.charAt(i);
        return first == '"' || first == '\'' ? endOfLiteral(text, i + 1, String.valueOf(first)) : i;
    }

    private static int indexOrEnd(String text, String end, int from, int length) {
        int found = text.indexOf(end, from);
        return found < 0 ? text.length() : found + length;
    }

    private static int endOfLiteral(String text, int from, String end) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.startsWith(end, i)) {
                return i + end.length();
            } else if (text.charAt(i) == '\n' && end.length() == 1) {
                return i;
            }
        }
        return text.length();
    }

    /** The names in it that are no members of something, nor parameters of lambdas. */
    static Set<String> names(String source) {
        String code = code(source);
        Set<String> names = new LinkedHashSet<>();
        Set<String> parameters = new LinkedHashSet<>();
        Matcher name = NAME.matcher(code);
        while (name.find()) {
            if (name.group(1) != null) {
                parameters.add(name.group().replaceFirst("\\s*->", ""));
            } else if (!isPartOfOther(code, name.start())) {
                names.add(name.group());
            }
        }
        names.removeAll(parameters);
        return names;
    }

    /** Whether this is a member of what stands before it, or the end of a number. */
    private static boolean isPartOfOther(String code, int start) {
        if (start > 0 && Character.isDigit(code.charAt(start - 1))) {
            return true;
        }
        int before = start - 1;
        while (before >= 0 && Character.isWhitespace(code.charAt(before))) {
            before--;
        }
        return before >= 0 && code.charAt(before) == '.';
    }

    /** The lines that say something, without the blanks around them. */
    static List<String> lines(String source) {
        List<String> lines = new ArrayList<>();
        source.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(lines::add);
        return lines;
    }

    /** A cell's text as it is compared with others: blanks around lines, and empty lines, do not count. */
    static String normal(String source) {
        return String.join("\n", lines(source));
    }
}
