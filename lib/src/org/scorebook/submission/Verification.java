package org.scorebook.submission;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.scorebook.base.DamagedFile;
import org.scorebook.base.Require;
import org.scorebook.ipynb.NotebookFile;

/** Whether a zip is a submission as it was written. Nothing in it is executed. */
public final class Verification {
    private final List<String> faults = new ArrayList<>();
    private final List<NotebookFile> notebooks = new ArrayList<>();
    private final SortedMap<String, byte[]> files;
    private Results results;

    private Verification(ArchiveContent content) {
        files = content.files();
        faults.addAll(content.faults());
    }

    /** @throws IOException where the file cannot be read at all */
    public static Verification of(Path zip) throws IOException {
        Verification verification = new Verification(ArchiveContent.of(Require.given("zip", zip)));
        verification.compareSums();
        verification.readNotebooks();
        if (verification.notebooks.isEmpty()) {
            verification.faults.add("There is no notebook in it.");
        }
        verification.compareResults();
        return verification;
    }

    /** What is wrong, a sentence each; nothing for a good one. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /** A table of what each exercise has earned; empty where that cannot be told. */
    public String table() {
        return results == null || !faults.isEmpty() ? "" : new ResultTable(results).text();
    }

    private void compareSums() {
        SortedMap<String, byte[]> summed = new TreeMap<>(files);
        byte[] list = summed.remove(Archive.SUMS);
        if (list == null) {
            faults.add(Archive.SUMS + " is missing.");
            return;
        }
        SortedMap<String, String> expected = new TreeMap<>();
        for (String line : text(list).lines().toList()) {
            String[] parts = line.split("  ", 2);
            if (parts.length < 2 || expected.put(parts[1], parts[0]) != null) {
                faults.add(Archive.SUMS + " has a line that is no sum, or a file twice.");
                return;
            }
        }
        expected.keySet().stream()
                .filter(name -> !summed.containsKey(name))
                .forEach(name -> faults.add(name + " is missing, but " + Archive.SUMS + " lists it."));
        summed.forEach((name, content) -> {
            if (!expected.containsKey(name)) {
                faults.add(name + " is in it, but " + Archive.SUMS + " does not list it.");
            } else if (!expected.get(name).equals(Sha256.of(content))) {
                faults.add(name + " is not as it was written: its SHA-256 is another.");
            }
        });
    }

    private void readNotebooks() {
        for (String name : files.keySet()) {
            if (name.endsWith(NotebookFile.SUFFIX)) {
                try {
                    NotebookFile notebook = NotebookForm.read(Path.of(name), text(files.get(name)));
                    notebooks.add(notebook);
                    ExecutionMark.reasons(notebook).forEach(reason -> faults.add(reason.sentence()));
                    ExecutionOrder.reasons(notebook).forEach(reason -> faults.add(reason.sentence()));
                } catch (DamagedFile e) {
                    faults.add(e.getMessage());
                }
            }
        }
    }

    private void compareResults() {
        byte[] text = files.get(Results.FILE);
        Optional<Results> read = text == null ? Optional.empty() : Results.read(text(text), notebooks);
        if (read.isEmpty()) {
            faults.add(Results.FILE + (text == null ? " is missing." : " is not what this version writes."));
            return;
        }
        results = read.get();
        if (!results.text().equals(text(text))) {
            faults.add(Results.FILE + " does not say what the checks in the notebooks show, which is "
                    + results.points() + " of " + results.possible() + " points.");
        }
        byte[] environment = files.get(EnvironmentText.FILE);
        if (environment != null && !EnvironmentText.of(notebooks).equals(text(environment))) {
            faults.add(EnvironmentText.FILE + " does not say what the notebooks say of their execution.");
        }
        if (!results.allowed().contains(Objection.Kind.ERRORS.toString())) {
            notebooks.forEach(
                    notebook -> FailedCells.reasons(notebook).forEach(reason -> faults.add(reason.sentence())));
        }
        compareNames();
    }

    private void compareNames() {
        TreeSet<String> expected = new TreeSet<>(List.of(Results.FILE, EnvironmentText.FILE, Archive.SUMS));
        for (NotebookFile notebook : notebooks) {
            expected.add(notebook.name() + NotebookFile.SUFFIX);
            expected.add(notebook.name() + ".html");
            if (results.withoutPdf().isEmpty()) {
                expected.add(notebook.name() + ".pdf");
            }
        }
        expected.stream()
                .filter(name -> !files.containsKey(name) && !name.equals(Archive.SUMS))
                .forEach(name -> faults.add(name + " is missing."));
        files.keySet().stream()
                .filter(name -> !expected.contains(name) && !name.endsWith(NotebookFile.SUFFIX))
                .forEach(name -> faults.add(name + " does not belong to a submission."));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
