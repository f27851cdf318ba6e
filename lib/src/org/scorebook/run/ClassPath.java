package org.scorebook.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A class path for people to read. */
final class ClassPath {
    private ClassPath() {}

    /** The same jars, where it has all of a folder by {@code folder/*}; every entry absolute. */
    static String shortened(String classPath) throws IOException {
        List<Path> entries = Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().normalize())
                .toList();
        Set<String> words = new LinkedHashSet<>();
        for (Path entry : entries) {
            boolean whole = isJar(entry) && new HashSet<>(entries).containsAll(jars(entry.getParent()));
            words.add((whole ? entry.resolveSibling("*") : entry).toString());
        }
        return String.join(File.pathSeparator, words);
    }

    private static List<Path> jars(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(ClassPath::isJar).toList();
        }
    }

    private static boolean isJar(Path path) {
        return path.toString().endsWith(".jar");
    }
}
