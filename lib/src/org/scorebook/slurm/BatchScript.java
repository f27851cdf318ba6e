package org.scorebook.slurm;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.scorebook.base.ShellWord;

/**
 * The script of a job, for people to read, and to submit by hand.
 *
 * <p>The shell makes room for the command ({@code exec}), which so is the process that gets Slurm's signals. {@code --export=ALL}
 * hands on what {@code sbatch} is called with, and does not, as {@code NONE}, run the user's login scripts on the node;
 * {@link Slurm#submit} calls it with little. What matters to a training stands in the script itself, so that it is the same
 * whoever submits it, and from where.
 *
 * @param name of the job
 * @param log what is printed is added there
 * @param folder where the command runs
 * @param array the tasks of an array, such as {@code 0-7%4}; empty for one job
 * @param command its words
 */
public record BatchScript(
        String name, Path log, Path folder, SlurmOptions options, String array, List<String> command) {
    /** The variables that change what a training does, or where it finds things. */
    private static final String CARRIED =
            "SCOREBOOK_.*|XDG_CACHE_HOME|PYTORCH_.*|DJL_.*|ATEN_.*|ONEDNN_.*|DNNL_.*|MKL_.*|GOMP_.*|MALLOC_.*"
                    + "|LD_LIBRARY_PATH|JAVA_TOOL_OPTIONS|(?i:https?_proxy|no_proxy)";

    /** Not into a file that others may read. */
    private static final String SECRET = "SCOREBOOK_TOKEN";

    /** @throws IllegalArgumentException for a log whose path Slurm would read as another one */
    public BatchScript {
        if (log.toString().chars().anyMatch(c -> c == '\\' || Character.isISOControl(c))) {
            throw new IllegalArgumentException(
                    "a run on Slurm must be in a folder whose path has no backslash and is one line, but it is " + log);
        }
    }

    /** With the variables of this process. */
    public String text() {
        return text(System.getenv());
    }

    String text(Map<String, String> environment) {
        StringBuilder text = new StringBuilder("#!/bin/sh\n");
        option(text, "job-name", name);
        option(text, "output", log.toString().replace("%", "%%"));
        option(text, "open-mode", "append");
        option(text, "export", "ALL");
        option(text, "requeue", "");
        option(text, "signal", "B:USR1@" + options.noticeSeconds());
        if (!array.isEmpty()) {
            option(text, "array", array);
        }
        options.sbatch().forEach((key, value) -> option(text, key, value));
        text.append('\n');
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (variable.matches(CARRIED) && !variable.equals(SECRET)) {
                text.append("export " + variable + "=" + ShellWord.quoted(value) + "\n");
            }
        });
        text.append("export OMP_NUM_THREADS=\"${SLURM_CPUS_PER_TASK:-${SLURM_CPUS_ON_NODE:-1}}\"\n\n");
        text.append("cd " + ShellWord.quoted(folder.toString()) + " || exit\n");
        text.append("exec " + command.stream().map(ShellWord::quoted).collect(Collectors.joining(" \\\n  ")) + "\n");
        return text.toString();
    }

    private static void option(StringBuilder text, String key, String value) {
        text.append("#SBATCH --" + key + (value.isEmpty() ? "" : "=" + quoted(value)) + "\n");
    }

    /** As {@code sbatch} reads its lines: in double quotes a backslash takes the meaning of the next character. */
    private static String quoted(String value) {
        return value.matches("[\\w./@%+,:=-]+")
                ? value
                : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
