package org.scorebook.grading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.scorebook.base.Sentence;
import org.scorebook.ipynb.NotebookFile;

/**
 * Finds what was handed in: notebooks; ZIPs of them; folders that have one notebook, ZIP or folder for each student, or that are one student's.
 */
final class HandIns {
    private static final int DEPTH = 4;

    private final Set<String> course;
    private final List<HandIn> found = new ArrayList<>();

    /** @param course the names of the course's notebooks: a file with such a name is not named after its student */
    private HandIns(Set<String> course) {
        this.course = course;
    }

    static List<HandIn> find(List<Path> paths, Set<String> course) throws IOException {
        HandIns handIns = new HandIns(course);
        for (Path path : paths) {
            Path whole = path.toAbsolutePath().normalize();
            if (Files.isDirectory(whole)) {
                handIns.addClass(whole);
            } else {
                handIns.addOne(whole, whole.getParent());
            }
        }
        return handIns.found;
    }

    private void addClass(Path folder) throws IOException {
        for (Path path : inside(folder)) {
            if (Files.isDirectory(path)) {
                addStudent(path, folder);
            } else if (isHandIn(path)) {
                addOne(path, folder);
            }
        }
    }

    private static List<Path> inside(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(path -> !path.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isHandIn(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(NotebookFile.SUFFIX) || name.endsWith(".zip");
    }

    private void addOne(Path file, Path folder) {
        String name = file.getFileName().toString().replaceFirst("\\.(ipynb|zip)$", "");
        String student = course.contains(name) ? folder.getFileName().toString() : name;
        add(student, file, folder);
    }

    private void addStudent(Path own, Path folder) {
        String student = own.getFileName().toString();
        int before = found.size();
        if (leavesFolder(own, folder)) {
            found.add(new HandIn(student, own, null, "is a link out of the folder"));
            return;
        }
        try (Stream<Path> inside = Files.walk(own, DEPTH)) {
            inside.filter(path -> isHandIn(path) && !path.toString().contains("/."))
                    .sorted()
                    .forEach(path -> add(student, path, folder));
        } catch (IOException | RuntimeException e) {
            found.add(new HandIn(student, own, null, "cannot be read: " + Sentence.of(e)));
        }
        if (found.size() == before) {
            found.add(new HandIn(student, own, null, "has no notebook"));
        }
    }

    private void add(String student, Path file, Path folder) {
        if (leavesFolder(file, folder)) {
            found.add(new HandIn(student, file, null, "is a link out of the folder, or to nothing"));
        } else if (Files.isDirectory(file)) {
            found.add(new HandIn(student, file, null, "is a folder, not a notebook"));
        } else if (file.toString().endsWith(".zip")) {
            addZip(student, file);
        } else {
            found.add(new HandIn(student, file, null, null));
        }
    }

    private static boolean leavesFolder(Path file, Path folder) {
        try {
            return !file.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            return true;
        }
    }

    private void addZip(String student, Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<String> entries = zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .filter(name ->
                            name.endsWith(NotebookFile.SUFFIX) && !name.contains("/.") && !name.startsWith("__"))
                    .sorted()
                    .limit(100)
                    .toList();
            entries.forEach(entry -> found.add(new HandIn(student, file, entry, null)));
            if (entries.isEmpty()) {
                found.add(new HandIn(student, file, null, "is a ZIP without a notebook"));
            }
        } catch (IOException | IllegalArgumentException e) {
            found.add(new HandIn(student, file, null, "is no ZIP that can be read: " + Sentence.of(e)));
        }
    }
}
