package org.scorebook.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scorebook.kernel.SourceMap.CellLine;

/** Stack frames as the student reads them: code of a cell by cell and line, what calls the cell not at all. */
final class Frames {
    private static final int AT_EACH_END = 12;
    private static final String CELL_METHOD = "do_it$";
    private static final String CELL_THREAD = CellThread.class.getName();

    /** A frame of a cell as Throwable prints it: class, method, file and line. */
    private static final Pattern PRINTED =
            Pattern.compile("\\t+at (?:\\S*/)?(REPL\\.\\$JShell\\$[\\w$]+)\\.([^(]+)\\(([^:]+):(\\d+)\\)");

    /** The class that JShell wraps a snippet in, before the name of what the snippet declares. */
    private static final Pattern SNIPPET_CLASS = Pattern.compile("REPL\\.\\$JShell\\$\\w+[.$]");

    private static final List<String> KERNEL = List.of(
            "org.scorebook.kernel.", "org.dflib.jjava.", "jdk.jshell.", "jdk.internal.reflect.", "java.lang.reflect.");

    private final SourceMap sources;

    Frames(SourceMap sources) {
        this.sources = sources;
    }

    /** The text without the names of JShell's classes. */
    static String plain(String text) {
        return text.contains("REPL.") ? SNIPPET_CLASS.matcher(text).replaceAll("") : text;
    }

    /** A text as it is shown: what Throwable printed into it has the lines of {@link #printed}. */
    String shown(String text) {
        if (!text.contains("\tat ")) {
            return plain(text);
        }
        StringBuilder shown = new StringBuilder();
        boolean belowCell = false;
        for (String line : text.split("(?<=\n)")) {
            boolean frame = isPrinted(line);
            String kept = !frame ? plain(line) : belowCell ? null : printed(line.stripTrailing());
            belowCell = frame && (belowCell || isBottom(line));
            shown.append(kept == null ? "" : kept).append(frame && kept != null && line.endsWith("\n") ? "\n" : "");
        }
        return shown.toString();
    }

    /** The frames of a throwable from the throw down to the cell. */
    List<String> of(Throwable thrown) {
        List<String> lines = new ArrayList<>();
        for (StackTraceElement frame : thrown.getStackTrace()) {
            CellLine place = sources.place(frame);
            if (place != null) {
                lines.add("    at " + inCell(frame.getMethodName(), place));
            } else if (!isKernel(frame.getClassName())) {
                lines.add("    at " + plain(frame.toString()));
            }
            if (frame.getMethodName().equals(CELL_METHOD)
                    || frame.getClassName().equals(CELL_THREAD)) {
                break;
            }
        }
        return shortened(lines);
    }

    /** Endless recursion fills a thousand frames that say the same. */
    private static List<String> shortened(List<String> lines) {
        if (lines.size() <= 2 * AT_EACH_END) {
            return lines;
        }
        List<String> some = new ArrayList<>(lines.subList(0, AT_EACH_END));
        some.add("    ... " + (lines.size() - 2 * AT_EACH_END) + " more");
        some.addAll(lines.subList(lines.size() - AT_EACH_END, lines.size()));
        return some;
    }

    static boolean isPrinted(String line) {
        return line.startsWith("\t") && line.stripLeading().startsWith("at ");
    }

    /** Whether a line that Throwable prints is where the cell begins: the frames below call it. */
    static boolean isBottom(String line) {
        return line.contains("." + CELL_METHOD + "(") || line.contains(CELL_THREAD + ".");
    }

    /** A line that Throwable prints for a frame, or {@code null} where the frame is the kernel's. */
    String printed(String line) {
        Matcher frame = PRINTED.matcher(line);
        if (frame.matches()) {
            CellLine place = sources.place(new StackTraceElement(
                    frame.group(1), frame.group(2), frame.group(3), Integer.parseInt(frame.group(4))));
            return place == null
                    ? plain(line)
                    : line.substring(0, line.indexOf("at ") + 3) + inCell(frame.group(2), place);
        }
        String name = line.strip().substring(3);
        return isKernel(name.substring(name.lastIndexOf('/', name.indexOf('(')) + 1)) ? null : line;
    }

    private static String inCell(String method, CellLine place) {
        boolean own = method.matches("\\w+"); // not the compiler's name for a lambda
        return (own ? method + ", " : "") + place + ":  " + place.text().strip();
    }

    private static boolean isKernel(String className) {
        return KERNEL.stream().anyMatch(className::startsWith);
    }
}
