package org.scorebook.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options that tell Bubblewrap which files there are. */
final class BubblewrapFiles {
    private BubblewrapFiles() {}

    /** @param folders that are made; the first is where the program works */
    static void add(List<String> command, Visible visible, long disk, List<Path> folders) {
        command.addAll(List.of("--dev", "/dev", "--remount-ro", "/dev", "--proc", "/proc"));
        command.addAll(List.of("--size", Long.toString(disk), "--tmpfs", "/tmp", "--chmod", "1777", "/tmp"));
        Set<Path> made = new HashSet<>(Set.of(Path.of("/"), Path.of("/tmp")));
        for (Map.Entry<Path, Path> each : visible.places().entrySet()) {
            addParents(command, each.getKey(), made);
            addOne(command, each.getValue(), each.getKey());
        }
        folders.forEach(folder -> addParents(command, folder.resolve("inside"), made));
        String work = folders.get(0).toString();
        command.addAll(List.of("--ro-bind", Sandbox.HANDED, Sandbox.HANDED));
        command.addAll(List.of("--chmod", "1777", work, "--remount-ro", "/", "--chdir", work));
    }

    /** Made by name: those that Bubblewrap makes by itself are closed to other users. */
    private static void addParents(List<String> command, Path place, Set<Path> made) {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path parent = place.getParent(); parent != null && made.add(parent); parent = parent.getParent()) {
            missing.push(parent);
        }
        missing.forEach(parent -> command.addAll(List.of("--dir", parent.toString())));
    }

    private static void addOne(List<String> command, Path source, Path place) {
        if (Files.isSymbolicLink(source)) {
            try {
                command.addAll(
                        List.of("--symlink", Files.readSymbolicLink(source).toString(), place.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else {
            command.addAll(List.of("--ro-bind", source.toString(), place.toString()));
        }
    }
}
