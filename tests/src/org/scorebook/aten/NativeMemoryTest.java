package org.scorebook.aten;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes of their own that use 96 MB, 24,576 pages, over and over, and see what the system does for it. */
@EnabledOnOs(OS.LINUX)
class NativeMemoryTest {
    private static final int PAGES = 24_576;

    @TempDir
    private Path folder;

    /** Writes twelve arrays of 8 MB and frees them. */
    private static void work(NDManager manager) {
        try (NDManager arrays = manager.newSubManager()) {
            for (int i = 0; i < 12; i++) {
                arrays.ones(new Shape(2_097_152));
            }
        }
    }

    /** The number of a field of /proc/self/stat, counted from the process's state. */
    private static long stat(int field) throws IOException {
        String line = Files.readString(Path.of("/proc/self/stat"));
        return Long.parseLong(line.substring(line.lastIndexOf(')') + 2).split(" ")[field]);
    }

    /** Counts the pages that a round asks the system for: the median, for in some of them small blocks between the arrays make it grow. */
    static final class Rounds {
        private Rounds() {}

        /** @param args none */
        public static void main(String[] args) throws IOException {
            try (NDManager manager = Torch.manager(0)) {
                long[] pages = new long[15];
                for (int i = 0; i < pages.length; i++) {
                    long before = stat(7);
                    work(manager);
                    pages[i] = stat(7) - before;
                }
                Arrays.sort(pages);
                System.out.println("\npages " + pages[pages.length / 2]);
            }
        }
    }

    /** Counts the resident pages after work, and again after a rest. */
    static final class Rests {
        private Rests() {}

        /** @param args none */
        public static void main(String[] args) throws IOException, InterruptedException {
            NativeMemory.giveBackWhenIdle(Duration.ofMillis(500));
            try (NDManager manager = Torch.manager(0)) {
                long end = System.nanoTime() + 2_000_000_000L;
                while (System.nanoTime() < end) {
                    work(manager);
                }
                long kept = stat(21);
                for (int i = 0; i < 60 && kept - stat(21) < PAGES / 2; i++) {
                    Thread.sleep(500);
                }
                System.out.println("\npages " + (kept - stat(21)));
            }
        }
    }

    private long pages(Class<?> main, String... variables) throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "GLIBC_TUNABLES", "",
                "MALLOC_TRIM_THRESHOLD_", "",
                "MALLOC_TOP_PAD_", "",
                "MALLOC_MMAP_THRESHOLD_", "",
                "MALLOC_MMAP_MAX_", "",
                "MALLOC_ARENA_MAX", ""));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        Child.Ended child = Child.run(folder, environment, main);
        assertEquals(0, child.exit(), child.output());
        Matcher pages = Pattern.compile("\npages (-?\\d+)\n").matcher(child.output());
        assertTrue(pages.find(), child.output());
        return Long.parseLong(pages.group(1));
    }

    @Test
    void freedMemoryIsUsedAgain() throws Exception {
        long pages = pages(Rounds.class);
        assertTrue(pages < PAGES / 20, pages + " pages a round");
    }

    /** Here: a user who wants memory to go back at once. */
    @Test
    void theUsersChoiceStands() throws Exception {
        long pages = pages(Rounds.class, "MALLOC_TRIM_THRESHOLD_", "131072");
        assertTrue(pages > PAGES / 2, pages + " pages a round");
        long byTunables = pages(Rounds.class, "GLIBC_TUNABLES", "glibc.malloc.trim_threshold=131072");
        assertTrue(byTunables > PAGES / 2, byTunables + " pages a round");
    }

    @Test
    void anIdleProcessGivesItBack() throws Exception {
        long pages = pages(Rests.class);
        assertTrue(pages >= PAGES / 2, "only " + pages + " pages went back");
    }
}
