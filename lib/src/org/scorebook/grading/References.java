package org.scorebook.grading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.scorebook.ipynb.NotebookCell;
import org.scorebook.ipynb.NotebookFile;

/** The notebooks with solutions that hand-ins are compared with. Their cells are sorted when a hand-in first needs them. */
final class References {
    private final Map<String, NotebookFile> files = new LinkedHashMap<>();
    private final Map<String, ReferenceNotebook> sorted = new LinkedHashMap<>();
    private String identity;

    /** @throws IllegalArgumentException where the folder has no notebook */
    static References in(Path folder) throws IOException {
        References references = new References();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> inside = Files.list(folder)) {
                for (Path file : inside.filter(path -> path.toString().endsWith(NotebookFile.SUFFIX))
                        .sorted()
                        .toList()) {
                    NotebookFile notebook = NotebookFile.read(file);
                    references.files.put(notebook.name(), notebook);
                }
            }
        }
        if (references.files.isEmpty()) {
            throw new IllegalArgumentException(
                    "--reference must be a folder with notebooks, but " + folder + " has none");
        }
        return references;
    }

    Set<String> names() {
        return files.keySet();
    }

    /** The notebook that a hand-in was made from: it has its name, or most of its code cells; nothing where none has. */
    Optional<String> of(NotebookFile handIn) {
        String name = handIn.name();
        if (files.containsKey(name)) {
            return Optional.of(name);
        }
        Set<String> marks = marks(handIn);
        List<Map.Entry<String, Long>> counts = new ArrayList<>();
        files.forEach((each, file) -> counts.add(
                Map.entry(each, marks(file).stream().filter(marks::contains).count())));
        return counts.stream()
                .filter(count -> count.getValue() > 0)
                .max(Comparator.comparingLong(Map.Entry::getValue))
                .map(Map.Entry::getKey);
    }

    private static Set<String> marks(NotebookFile notebook) {
        Set<String> marks = new HashSet<>();
        for (NotebookCell cell : notebook.cells()) {
            String normal = JavaWords.normal(cell.source());
            if (!normal.isEmpty()) {
                marks.add(normal);
                cell.id().ifPresent(id -> marks.add("id " + id));
            }
        }
        return marks;
    }

    synchronized ReferenceNotebook sorted(String name, Declarations declarations) {
        return sorted.computeIfAbsent(name, key -> new ReferenceNotebook(files.get(key), declarations));
    }

    /** The SHA-256 of all. */
    synchronized String identity() {
        if (identity == null) {
            identity = computed();
        }
        return identity;
    }

    private String computed() {
        return Records.key(
                new byte[0], files.values().stream().map(NotebookFile::text).toArray(String[]::new));
    }
}
