package org.scorebook.coursework;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.scorebook.base.AtomicFiles;
import org.scorebook.grading.ClassMarking;
import org.scorebook.grading.Installation;
import org.scorebook.grading.Mark;
import org.scorebook.grading.MarkTable;
import org.scorebook.grading.MarkingOptions;
import org.scorebook.sandbox.Programs;
import org.scorebook.sandbox.SandboxLimits;
import org.scorebook.terminal.OutputFile;
import org.scorebook.terminal.WorkBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code course grade}: marks notebooks that students have handed in. */
@Command(
        name = "grade",
        description = {
            "Mark what students have handed in: notebooks, the ZIPs of 'course submit', or a folder with one of these, or a folder, for each student.",
            "The original checks are put back, and each notebook is executed in a fresh kernel, kept from network and files as far as this system allows.",
            "What is marked is kept: the same command goes on where it was stopped."
        },
        mixinStandardHelpOptions = true)
public final class Grade implements Callable<Integer> {
    private static final int PROCESSES = 512;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "NOTEBOOK|DIR", description = "What was handed in.")
    private List<Path> paths;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for marks.csv, marks.json, feedback/ and executed/; ${DEFAULT-VALUE} without it.")
    private Path out = Path.of("marks");

    @Option(
            names = "--reference",
            paramLabel = "DIR",
            description = "The notebooks with solutions; those of the project without it.")
    private Path reference;

    @Option(
            names = "--exercises",
            split = ",",
            paramLabel = "N",
            description = "Only these count, such as 1,3; all without it.")
    private Set<String> exercises = new TreeSet<>();

    @Option(names = "--cell-timeout", paramLabel = "S", description = "Seconds for a cell; ${DEFAULT-VALUE}.")
    private int cellSeconds = 120;

    @Option(names = "--timeout", paramLabel = "S", description = "Seconds for a notebook; ${DEFAULT-VALUE}.")
    private int seconds = 900;

    @Option(names = "--memory", paramLabel = "MB", description = "Memory for a notebook's kernel; ${DEFAULT-VALUE}.")
    private int memory = 4000;

    @Option(names = "--disk", paramLabel = "MB", description = "What a notebook can write; ${DEFAULT-VALUE}.")
    private int disk = 1000;

    @Option(
            names = "--budget",
            paramLabel = "quick|full",
            description = "How much work trainings in notebooks do; ${DEFAULT-VALUE}.")
    private String budget = "quick";

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "Notebooks at once; without it as many as there are cores, and memory.")
    private Integer parallel;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter terminal = spec.commandLine().getOut();
        Installation installation = Installation.ofThisProcess();
        OutputFile.requireFolder("--out", out);
        requireThere();
        SandboxLimits limits = new SandboxLimits(memory * 1_000_000L, PROCESSES, disk * 1_000_000L);
        MarkingOptions options = new MarkingOptions(exercises, cellSeconds, seconds, limits, requireBudget());
        Path notebooks = reference == null ? installation.notebooks() : reference;
        ClassMarking marking =
                new ClassMarking(installation, notebooks, options, Programs.on(System.getenv("PATH")), out);
        List<Mark> marks;
        try (WorkBar bar = new WorkBar(terminal)) {
            marks = marking.mark(paths, atOnce(), bar);
        }
        write(marks);
        tell(marks, terminal);
        return 0;
    }

    private void requireThere() {
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new IllegalArgumentException("NOTEBOOK|DIR must be there, but " + path + " is not");
            }
        }
    }

    private String requireBudget() {
        if (!budget.equals("quick") && !budget.equals("full")) {
            throw new IllegalArgumentException("--budget must be quick or full, but is " + budget);
        }
        return budget;
    }

    private int atOnce() {
        if (parallel != null) {
            if (parallel < 1) {
                throw new IllegalArgumentException("--parallel must be 1 or more, but is " + parallel);
            }
            return parallel;
        }
        return (int) Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), free() / (memory * 1_000_000L)));
    }

    private static long free() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
                if (line.startsWith("MemAvailable:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
                }
            }
        } catch (IOException e) {
            return Long.MAX_VALUE; // another system than Linux: cores decide
        }
        return Long.MAX_VALUE;
    }

    private void write(List<Mark> marks) throws IOException {
        String json = new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(marks) + "\n";
        AtomicFiles.write(out.resolve("marks.json"), json.getBytes(StandardCharsets.UTF_8));
        AtomicFiles.write(out.resolve("marks.csv"), new MarkTable(marks).csv().getBytes(StandardCharsets.UTF_8));
    }

    private void tell(List<Mark> marks, PrintWriter terminal) {
        terminal.print(new MarkTable(marks).text());
        marks.stream().filter(Mark::marked).findFirst().ifPresent(mark -> {
            terminal.println();
            mark.protections()
                    .forEach(protection ->
                            terminal.println("protection of " + protection.against() + ": " + protection.how()));
        });
        terminal.println();
        terminal.println("marks: " + out.resolve("marks.csv") + ", " + out.resolve("marks.json"));
        terminal.println("pages for students: " + out.resolve("feedback"));
        terminal.flush();
    }
}
