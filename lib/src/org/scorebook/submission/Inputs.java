package org.scorebook.submission;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.scorebook.base.DamagedFile;
import org.scorebook.base.Sentence;
import org.scorebook.ipynb.NotebookFile;

/** The notebooks of a student, read, with names that are safe in a zip. */
final class Inputs {
    /** What pages are called that are none of a notebook. */
    private static final List<String> OF_PAGES = List.of("index", "glossary");

    /** In the order of their names in a zip. */
    private final Map<NotebookFile, Path> notebooks =
            new TreeMap<>(Comparator.comparing(notebook -> notebook.path().toString()));

    private final List<Objection> reasons = new ArrayList<>();

    Inputs(List<Path> files) {
        Map<String, Path> byName = new TreeMap<>();
        for (Path file : files) {
            String name = nameInZip(file);
            Path other = byName.put(name.toLowerCase(Locale.ROOT), file);
            if (other != null) {
                refuse(file + " would have the same name as " + other + ": " + name + NotebookFile.SUFFIX + ".");
            } else if (OF_PAGES.contains(name)) {
                refuse(file + " has a name that pages need for themselves: rename it.");
            } else {
                read(file, name);
            }
        }
    }

    private void read(Path file, String name) {
        try {
            if (!file.getFileName().toString().endsWith(NotebookFile.SUFFIX)) {
                refuse(file + " is no notebook: its name must end in " + NotebookFile.SUFFIX + ".");
            } else if (Files.size(file) > Archive.LARGEST_FILE) {
                refuse(file + " has over " + (Archive.LARGEST_FILE >> 20) + " MB.");
            } else {
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                NotebookForm.read(file, text);
                notebooks.put(NotebookForm.read(Path.of(name + NotebookFile.SUFFIX), text), file);
            }
        } catch (DamagedFile e) {
            refuse(e.getMessage());
        } catch (IOException e) {
            refuse(Sentence.of(e) + ".");
        }
    }

    private void refuse(String sentence) {
        reasons.add(new Objection(Objection.Kind.NOTEBOOK, sentence));
    }

    private static String nameInZip(Path file) {
        String name = file.getFileName().toString();
        String stem = name.endsWith(NotebookFile.SUFFIX)
                ? name.substring(0, name.length() - NotebookFile.SUFFIX.length())
                : name;
        return StudentName.ascii(stem, "notebook-" + Sha256.of(stem).substring(0, 8));
    }

    /** Those that could be read, and where from, in order. */
    Map<NotebookFile, Path> notebooks() {
        return notebooks;
    }

    /** What is wrong with others. */
    List<Objection> reasons() {
        return reasons;
    }
}
