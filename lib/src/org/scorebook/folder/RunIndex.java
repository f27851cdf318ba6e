package org.scorebook.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * When each run of a folder was created, in one file, {@code .index}: to find the newest of thousands their statuses need not be
 * read. It is a line for each run, added when the run is created or first found, and can be deleted: what it does not tell is read
 * from the run's folder.
 */
record RunIndex(Path runsFolder) {
    /** A run, and when it was created. */
    record IndexedRun(String id, Instant created) {
        private String line() {
            return created + " " + id + "\n";
        }
    }

    private Path file() {
        return runsFolder.resolve(".index");
    }

    /** By ID. A line that another process writes at this moment, or that is damaged, tells nothing. */
    Map<String, Instant> read() {
        Map<String, Instant> created = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file())) {
                String[] parts = line.split(" ", 2);
                if (parts.length == 2) {
                    put(created, parts[1], parts[0]);
                }
            }
        } catch (IOException e) {
            // no index, or none that can be read: the folders tell
        }
        return created;
    }

    private static void put(Map<String, Instant> created, String id, String time) {
        try {
            created.put(id, Instant.parse(time));
        } catch (DateTimeException e) {
            // cut short
        }
    }

    /** Adds some, by one write; where that cannot be they are found the next time again. */
    void add(List<IndexedRun> entries) {
        String lines = entries.stream()
                .filter(entry -> !entry.id().contains("\n"))
                .map(IndexedRun::line)
                .collect(Collectors.joining());
        try {
            Files.writeString(file(), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            // somebody else's folder, or a full disk
        }
    }
}
