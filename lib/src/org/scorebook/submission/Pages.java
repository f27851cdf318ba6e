package org.scorebook.submission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scorebook.ipynb.NotebookFile;

/** Notebooks as pages and as PDF. */
final class Pages {
    private static final int NO_CHROMIUM = 3;

    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final Workbench workbench;
    private String withoutPdf = "";

    Pages(Workbench workbench) {
        this.workbench = workbench;
    }

    /** Makes them. No PDF is no reason to hand in nothing: {@link #withoutPdf} says why there is none. */
    void write(List<NotebookFile> notebooks, Instant date, Runnable afterPages) throws IOException {
        Path folder = workbench.folder("pages");
        List<String> command = new ArrayList<>(List.of("pages.py", "--single-file", "--out", folder.toString()));
        for (NotebookFile notebook : notebooks) {
            Path file = workbench.folder("notebooks").resolve(notebook.path());
            notebook.write(file);
            command.add(file.toString());
        }
        Workbench.Ended ended = workbench.run(Map.of(), () -> {}, command);
        if (ended.code() != 0) {
            throw new IOException("the pages could not be written: " + ended.lastWords());
        }
        List<String> pages = add(folder, notebooks, ".html");
        afterPages.run();
        List<String> printing =
                new ArrayList<>(List.of("pdf.py", "--date", date.toString(), "--out", folder.toString()));
        printing.addAll(pages);
        Workbench.Ended printed = workbench.run(Map.of(), () -> {}, printing);
        if (printed.code() == 0) {
            add(folder, notebooks, ".pdf");
        } else {
            withoutPdf = printed.code() == NO_CHROMIUM
                    ? "no Chromium was found where it was packed"
                    : "Chromium failed where it was packed";
        }
    }

    private List<String> add(Path folder, List<NotebookFile> notebooks, String ending) throws IOException {
        List<String> paths = new ArrayList<>();
        for (NotebookFile notebook : notebooks) {
            Path file = folder.resolve(notebook.name() + ending);
            files.put(notebook.name() + ending, Files.readAllBytes(file));
            paths.add(file.toString());
        }
        return paths;
    }

    /** The files made, by name. */
    SortedMap<String, byte[]> files() {
        return files;
    }

    /** Why there is no PDF; empty where there is. */
    String withoutPdf() {
        return withoutPdf;
    }
}
