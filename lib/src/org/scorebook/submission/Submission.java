package org.scorebook.submission;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.LibraryVersion;
import org.scorebook.base.Require;
import org.scorebook.ipynb.NotebookFile;
import org.scorebook.recipe.ProgressListener;

/**
 * Notebooks made into one zip that can be handed in: executed, as pages and PDF, with what their exercises have earned. The files of
 * the student are only read. The same executed notebooks give the same bytes, whenever and wherever they lie.
 */
public final class Submission {
    private final SubmissionSettings settings;
    private final ProgressListener progress;
    private final Map<NotebookFile, Path> notebooks = new LinkedHashMap<>();
    private final List<Objection> reasons = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private Results results;
    private byte[] zip;

    private Submission(SubmissionSettings settings, ProgressListener progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Makes one, or finds out why not.
     *
     * @throws IOException where a file or a program that is needed fails
     */
    public static Submission of(SubmissionSettings settings, ProgressListener progress) throws IOException {
        Submission submission =
                new Submission(Require.given("settings", settings), Require.given("progress", progress));
        Inputs inputs = new Inputs(settings.notebooks());
        submission.reasons.addAll(inputs.reasons());
        if (submission.reasons.isEmpty()) {
            submission.notebooks.putAll(inputs.notebooks());
            try (Workbench workbench = new Workbench()) {
                submission.make(workbench);
            }
        }
        return submission;
    }

    private void make(Workbench workbench) throws IOException {
        List<NotebookFile> executed = settings.asIs() ? List.copyOf(notebooks.keySet()) : execute(workbench);
        LocalPaths paths = LocalPaths.ofThisMachine(settings.notebooks());
        executed.forEach(notebook -> examine(notebook, paths));
        if (!reasons.isEmpty()) {
            return;
        }
        Pages pages = new Pages(workbench);
        progress.at("pages and PDF", 0, 2);
        Instant date = lastStart(executed);
        pages.write(executed, date, () -> progress.at("pages and PDF", 1, 2));
        progress.at("pages and PDF", 2, 2);
        results = new Results(settings.name().text(), pages.withoutPdf(), allowed(), executed);
        pack(pages.files(), date);
        remarks.addAll(Remarks.of(results, workbench.project().resolve("notebooks")));
    }

    private List<NotebookFile> execute(Workbench workbench) throws IOException {
        Executor executor = new Executor(workbench, settings.budget(), settings.cellSeconds(), progress);
        Map<String, String> versions = Machine.versions(workbench);
        List<NotebookFile> executed = new ArrayList<>();
        for (Map.Entry<NotebookFile, Path> entry : notebooks.entrySet()) {
            NotebookFile notebook = executor.execute(entry.getKey(), entry.getValue(), versions);
            if (settings.keep() != null) {
                notebook.write(settings.keep().resolve(notebook.path()));
            }
            executed.add(notebook);
        }
        return executed;
    }

    private void examine(NotebookFile notebook, LocalPaths paths) {
        List<Objection> found = new ArrayList<>(FailedCells.reasons(notebook));
        found.addAll(ExecutionOrder.reasons(notebook));
        found.addAll(paths.reasons(notebook));
        if (settings.asIs()) {
            found.addAll(ExecutionMark.reasons(notebook));
            ExecutionMark.in(notebook)
                    .map(mark -> mark.execution().scorebook())
                    .filter(version -> !version.equals(LibraryVersion.text()))
                    .ifPresent(version -> found.add(new Objection(
                            Objection.Kind.CHANGED,
                            notebook.name() + " was executed with Scorebook " + version + ", and this is "
                                    + LibraryVersion.text() + ".")));
        }
        for (Objection reason : found) {
            if (settings.allowed().contains(reason.kind())) {
                remarks.add(reason.sentence() + " (allowed)");
            } else {
                reasons.add(reason);
            }
        }
    }

    private List<String> allowed() {
        return settings.allowed().stream()
                .map(Objection.Kind::toString)
                .sorted()
                .toList();
    }

    private static Instant lastStart(List<NotebookFile> executed) {
        return executed.stream()
                .map(notebook ->
                        ExecutionMark.in(notebook).orElseThrow().execution().started())
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private void pack(SortedMap<String, byte[]> pages, Instant date) {
        SortedMap<String, byte[]> files = new TreeMap<>(pages);
        for (NotebookFile notebook : results.notebooks()) {
            files.put(notebook.name() + NotebookFile.SUFFIX, bytes(notebook.text()));
        }
        files.put(Results.FILE, bytes(results.text()));
        files.put(EnvironmentText.FILE, bytes(EnvironmentText.of(results.notebooks())));
        byte[] whole = Archive.of(settings.name().ofFile(), files, date);
        if (whole.length > settings.largest()) {
            reasons.add(new Objection(Objection.Kind.SIZE, Sizes.sentence(whole.length, settings.largest(), files)));
        } else {
            zip = whole;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Why it cannot be handed in; nothing where it can. */
    public List<Objection> reasons() {
        return List.copyOf(reasons);
    }

    /** What the student should know, but does not keep it from being handed in. */
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    /** What each exercise has earned. */
    public String table() {
        return new ResultTable(results).text();
    }

    /**
     * Writes the zip, and reads it again before it gets its name.
     *
     * @param file that is there whole afterwards, or as before
     */
    public void write(Path file) throws IOException {
        AtomicFiles.write(file, place -> {
            Files.write(place, zip);
            List<String> faults = Verification.of(place).faults();
            if (!faults.isEmpty()) {
                throw new IOException(String.join(" ", faults));
            }
        });
    }
}
