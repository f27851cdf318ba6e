package org.scorebook.coursework;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.scorebook.handout.CellCompiler;
import org.scorebook.handout.HandedFile;
import org.scorebook.handout.Handout;
import org.scorebook.handout.StudentFolder;
import org.scorebook.handout.StudentNotebook;
import org.scorebook.ipynb.NotebookFile;
import org.scorebook.terminal.OutputFile;
import org.scorebook.terminal.WorkBar;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code scorebook course student}. */
@Command(
        name = "student",
        description = {
            "Write the notebooks as students get them: in each solution's place a statement that throws, no outputs, the metadata"
                    + " of nbgrader; and README.md, which tells students how to go on."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} course student --out handout",
            "  ${ROOT-COMMAND-NAME} course student --out handout --only 02 --force",
            "  ${ROOT-COMMAND-NAME} course student --out source --with-solutions",
            "",
            "Exit code: 0 all files are there; 1 a notebook cannot be handed out; 2 wrong command line, or files in the way."
        })
final class Student implements Callable<Integer> {
    private static final String PAGE = "STUDENTS.md";

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "folder that the files are written to")
    private Path out;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "folder of the solved notebooks (default: notebooks, in the project)")
    private Path from;

    @Option(names = "--only", paramLabel = "NAME", description = "only the notebooks whose name contains NAME")
    private String only = "";

    @Option(
            names = "--with-solutions",
            description = "with the solutions between their markers: nbgrader's source form")
    private boolean withSolutions;

    @Option(
            names = "--no-compile",
            description = "do not compile the cells, which takes half a minute for all notebooks")
    private boolean unchecked;

    @ArgGroup
    private Present present = new Present();

    @Spec
    private CommandSpec spec;

    /** What becomes of files that are in DIR with other content. */
    private static final class Present {
        @Option(names = "--force", description = "replace files that are there with other content")
        private boolean force;

        @Option(
                names = "--update",
                description =
                        "replace only files that nobody has changed since they were handed out; beside a changed one write"
                                + " NAME-new")
        private boolean update;
    }

    @Override
    public Integer call() throws IOException {
        Path source = folderOfNotebooks();
        if (Files.exists(out) && Files.isSameFile(out, source)) {
            throw new IllegalArgumentException(
                    "out must be another folder than that of the solved notebooks, " + source);
        }
        List<NotebookFile> notebooks = new ArrayList<>();
        for (NotebookFile solved : Handout.notebooks(source, only)) {
            notebooks.add(withSolutions ? StudentNotebook.withSolutions(solved) : StudentNotebook.of(solved));
        }
        List<HandedFile> files = new ArrayList<>(Handout.of(source, notebooks));
        if (!withSolutions && Files.exists(source.resolve(PAGE))) {
            files.add(new HandedFile("README.md", Files.readAllBytes(source.resolve(PAGE))));
        }
        OutputFile.requireFolder("out", out);
        if (!unchecked && !compile(notebooks, files)) {
            return 1;
        }
        report(files);
        return 0;
    }

    private Path folderOfNotebooks() {
        if (from == null) {
            String project = System.getProperty("scorebook.project");
            from = Path.of(project == null ? "" : project, "notebooks");
        }
        if (!Files.isDirectory(from)) {
            throw new IllegalArgumentException("from must be a folder of notebooks, but is " + from);
        }
        return from;
    }

    /** Compiles those notebooks that are not there yet, for one that is there has been compiled; tells what does not compile. */
    private boolean compile(List<NotebookFile> notebooks, List<HandedFile> files) throws IOException {
        List<NotebookFile> wanted = new ArrayList<>();
        for (int i = 0; i < notebooks.size(); i++) {
            if (!files.get(i).isIn(out)) {
                wanted.add(notebooks.get(i));
            }
        }
        AtomicInteger done = new AtomicInteger();
        try (WorkBar bar = new WorkBar(out())) {
            List<String> problems = wanted.parallelStream()
                    .map(notebook -> {
                        Optional<String> problem = CellCompiler.problem(notebook);
                        synchronized (bar) {
                            bar.at("compiling notebooks", done.incrementAndGet(), wanted.size());
                        }
                        return problem.map(text -> notebook.path() + ", " + text);
                    })
                    .flatMap(Optional::stream)
                    .toList();
            problems.forEach(problem -> spec.commandLine().getErr().println("scorebook: " + problem));
            return problems.isEmpty();
        }
    }

    private void report(List<HandedFile> files) throws IOException {
        StudentFolder folder = new StudentFolder(out);
        if (present.update) {
            List<String> sentences = folder.update(files);
            sentences.forEach(out()::println);
            if (sentences.isEmpty()) {
                out().println("nothing new for " + out);
            }
            return;
        }
        List<String> written = folder.write(files, present.force);
        out().println(
                        written.isEmpty()
                                ? "nothing has changed in " + out
                                : "wrote " + String.join(", ", written) + " to " + out);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
