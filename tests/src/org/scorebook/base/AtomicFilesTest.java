package org.scorebook.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kill before each single change to the disk. */
class AtomicFilesTest {
    @TempDir
    private Path top;

    @FunctionalInterface
    private interface Work {
        void on(Path folder) throws IOException;
    }

    private static void fill(Path folder, String content) throws IOException {
        Files.writeString(folder.resolve("model"), content);
        Files.createDirectories(folder.resolve("more"));
        Files.writeString(folder.resolve("more").resolve("state"), content);
    }

    private static String content(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return "nothing";
        }
        String model = Files.readString(folder.resolve("model"));
        assertEquals(model, Files.readString(folder.resolve("more").resolve("state")));
        return model;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> inside = Files.list(top)) {
            return inside.map(path -> path.getFileName().toString()).toList();
        }
    }

    /**
     * What a folder holds after the work was killed before its first change, its second, ..., and the next process has swept; the
     * last entry is without a kill. Until the sweep no half of anything has the folder's name.
     */
    private List<String> afterEachKill(String before, Work work) throws IOException {
        List<String> found = new ArrayList<>();
        Path folder = top.resolve("step-7");
        for (boolean killed = true; killed; ) {
            AtomicFiles.delete(folder);
            if (!before.equals("nothing")) {
                AtomicFiles.writeFolder(folder, place -> fill(place, before));
            }
            killed = isKilled(work, new KilledFiles(found.size()).at(folder));
            content(folder);
            AtomicFiles.sweep(top);
            found.add(content(folder));
            assertTrue(names().isEmpty() || names().equals(List.of("step-7")), () -> "left: " + found);
        }
        assertTrue(found.size() > 5, "no change was seen: " + found);
        return found;
    }

    private static boolean isKilled(Work work, Path folder) throws IOException {
        try {
            work.on(folder);
            return false;
        } catch (KilledFiles.Killed e) {
            return true;
        }
    }

    private static void assertTurnsOnce(List<String> found, String before, String after) {
        int turn = found.indexOf(after);
        assertTrue(turn > 0, () -> "never there: " + found);
        for (int k = 0; k < found.size(); k++) {
            assertEquals(k < turn ? before : after, found.get(k), found.toString());
        }
    }

    @Test
    void aNewFolderIsThereWholeOrNotAtAll() throws IOException {
        assertTurnsOnce(
                afterEachKill("nothing", folder -> AtomicFiles.writeFolder(folder, place -> fill(place, "new"))),
                "nothing",
                "new");
    }

    @Test
    void aFolderThatIsReplacedIsTheOldOneOrTheNewOne() throws IOException {
        assertTurnsOnce(
                afterEachKill("old", folder -> AtomicFiles.writeFolder(folder, place -> fill(place, "new"))),
                "old",
                "new");
    }

    @Test
    void aFolderThatIsDeletedIsThereWholeOrNotAtAll() throws IOException {
        assertTurnsOnce(afterEachKill("old", AtomicFiles::delete), "old", "nothing");
    }

    /** Killed in a sweep after a kill, at every pair of places: something whole is always there. */
    @Test
    void aSweepMayBeKilledToo() throws IOException {
        Path folder = top.resolve("step-7");
        boolean killed = true;
        for (int first = 0; killed; first++) {
            boolean swept = false;
            for (int second = 0; !swept; second++) {
                AtomicFiles.writeFolder(folder, place -> fill(place, "old"));
                killed = isKilled(
                        f -> AtomicFiles.writeFolder(f, place -> fill(place, "new")),
                        new KilledFiles(first).at(folder));
                swept = !isKilled(AtomicFiles::sweep, new KilledFiles(second).at(top));
                AtomicFiles.sweep(top);
                assertTrue(List.of("old", "new").contains(content(folder)), first + ", " + second);
                assertEquals(List.of("step-7"), names());
            }
        }
    }

    @Test
    void aFolderThatCannotBeWrittenLeavesTheOldOne() throws IOException {
        Path folder = top.resolve("step-7");
        AtomicFiles.writeFolder(folder, place -> fill(place, "old"));
        IOException full = assertThrows(
                IOException.class,
                () -> AtomicFiles.writeFolder(folder, place -> {
                    Files.writeString(place.resolve("model"), "ne");
                    throw new IOException("No space left on device");
                }));
        assertEquals("cannot write " + folder + ": No space left on device", full.getMessage());
        assertEquals("old", content(folder));
        assertEquals(List.of("step-7"), names());
    }

    @Test
    void aFileIsTheOldOneOrTheNewOne() throws IOException {
        Path file = top.resolve("status.json");
        List<String> found = new ArrayList<>();
        for (boolean killed = true; killed; ) {
            Files.writeString(file, "old");
            killed = isKilled(
                    f -> AtomicFiles.write(f, place -> Files.writeString(place, "new")),
                    new KilledFiles(found.size()).at(file));
            AtomicFiles.sweep(top);
            found.add(Files.readString(file));
            assertEquals(List.of("status.json"), names());
        }
        assertTurnsOnce(found, "old", "new");
    }

    /** Only what this class has named is swept away. */
    @Test
    void aSweepLeavesTheFilesOfOthers() throws IOException {
        for (String name : List.of("notes.tmp-1", ".hidden", "a.old-b", ".tmp-x")) {
            Files.writeString(top.resolve(name), "");
        }
        AtomicFiles.sweep(top);
        assertEquals(4, names().size());
        AtomicFiles.sweep(top.resolve("absent"));
        assertFalse(Files.exists(top.resolve("absent")));
    }
}
