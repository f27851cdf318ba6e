package org.scorebook.submission;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;

/**
 * The file {@value #FILE} of a submission: where and when each notebook was executed, and the seeds in its code. All of it is in the
 * notebooks, so that it does not depend on where and when they are packed.
 */
final class EnvironmentText {
    static final String FILE = "environment.txt";

    private static final Pattern SEED = Pattern.compile(
            "\\b(?:(?:Torch\\s*\\.\\s*manager|Noise\\s*\\.\\s*seeded|setRandomSeed)|new\\s+(?:[\\w.]+\\.)?(?:Splittable)?Random)"
                    + "\\s*\\(\\s*-?\\d+[lL]?\\s*\\)");

    private EnvironmentText() {}

    static String of(List<NotebookFile> notebooks) {
        StringBuilder text = new StringBuilder("Where and when the notebooks of this submission were executed.\n");
        for (NotebookFile notebook : notebooks) {
            text.append('\n')
                    .append(notebook.name())
                    .append(NotebookFile.SUFFIX)
                    .append('\n');
            Optional<ExecutionMark> mark = ExecutionMark.in(notebook);
            if (mark.isPresent()) {
                append(text, mark.get().execution());
            }
            Set<String> seeds = seeds(notebook);
            line(text, "seeds", seeds.isEmpty() ? "none in its code" : String.join(", ", seeds));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Execution execution) {
        line(
                text,
                "executed",
                String.format(
                        Locale.ROOT,
                        "%s, in %.1f s, budget %s",
                        execution.started(),
                        execution.seconds(),
                        execution.budget()));
        execution.versions().forEach((field, value) -> line(text, field, value));
    }

    private static void line(StringBuilder text, String field, String value) {
        text.append(String.format(Locale.ROOT, "  %-10s %s\n", field, value));
    }

    /** Each call that sets a random seed by a number, as it is written but for its spaces. */
    private static Set<String> seeds(NotebookFile notebook) {
        Set<String> seeds = new LinkedHashSet<>();
        for (NotebookCell cell : notebook.cells()) {
            Matcher call = SEED.matcher(cell.isCode() ? cell.source() : "");
            while (call.find()) {
                seeds.add(call.group().replaceAll("\\s+", " ").replaceFirst("^new (?:[\\w.]+\\.)?", ""));
            }
        }
        return seeds;
    }
}
