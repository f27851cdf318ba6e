package org.scorebook.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Groups of processes whose number and memory Linux limits, where this user can make them.
 *
 * @param folders of the groups, which a process enters
 * @param kinds of what is limited: {@code pids}, {@code memory}
 */
record ControlGroups(List<Path> folders, Set<String> kinds) implements AutoCloseable {
    private static final Path MOUNT = Path.of("/sys/fs/cgroup");
    private static final Map<String, List<String>> FILES = Map.of(
            "pids", List.of("pids.max"),
            "memory", List.of("memory.max", "memory.limit_in_bytes"));

    /** As far as they can be made. */
    static ControlGroups make(String name, SandboxLimits limits) {
        ControlGroups groups = new ControlGroups(new ArrayList<>(), new LinkedHashSet<>());
        for (String kind : new String[] {"pids", "memory"}) {
            long limit = kind.equals("pids") ? limits.processes() : limits.memory();
            parents(kind).stream().anyMatch(parent -> groups.add(parent.resolve(name), kind, limit));
        }
        return groups;
    }

    /** Where a group could be made: in that of this process, else at the top; in version 1 there is a tree for each kind. */
    private static List<Path> parents(String kind) {
        List<Path> parents = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
                String[] parts = line.split(":", 3);
                Path tree = parts[1].isEmpty() ? MOUNT : MOUNT.resolve(kind);
                if (parts[1].isEmpty() || List.of(parts[1].split(",")).contains(kind)) {
                    parents.add(Path.of(tree + parts[2]));
                    parents.add(tree);
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        return parents.stream().filter(Files::isDirectory).toList();
    }

    /** Removes those of processes that were killed before they could. */
    private static void sweep(Path parent) {
        try (Stream<Path> inside = Files.list(parent)) {
            inside.filter(folder -> folder.getFileName().toString().matches("scorebook-[0-9]+-[0-9]+"))
                    .filter(folder -> ProcessHandle.of(Long.parseLong(
                                    folder.getFileName().toString().split("-")[1]))
                            .isEmpty())
                    .forEach(ControlGroups::remove);
        } catch (IOException | UncheckedIOException e) {
            // another's: they cost nothing
        }
    }

    private boolean add(Path folder, String kind, long limit) {
        boolean made = false;
        sweep(folder.getParent());
        try {
            if (!folders.contains(folder)) {
                Files.createDirectory(folder);
                made = true;
            }
            for (String file : FILES.get(kind)) {
                if (Files.isWritable(folder.resolve(file))) {
                    Files.writeString(folder.resolve(file), Long.toString(limit));
                    if (made) {
                        folders.add(folder);
                    }
                    return kinds.add(kind);
                }
            }
        } catch (IOException e) {
            // not for this user: the next place
        }
        if (made) {
            remove(folder);
        }
        return false;
    }

    private static void remove(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // a process that has just been killed may still be in it; an empty group costs nothing
        }
    }

    /** Ends what is still in them, and removes them. */
    @Override
    public void close() {
        for (Path folder : folders) {
            for (int tries = 0; tries < 50 && endAll(folder); tries++) {
                try {
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    break;
                }
            }
            remove(folder);
        }
    }

    /** Returns whether there were any. */
    private static boolean endAll(Path folder) {
        try {
            List<String> left = Files.readAllLines(folder.resolve("cgroup.procs"));
            left.forEach(pid -> ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly));
            return !left.isEmpty();
        } catch (IOException e) {
            return false;
        }
    }
}
