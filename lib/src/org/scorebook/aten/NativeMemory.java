package org.scorebook.aten;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps the memory that the engine frees within the process, where the C library is glibc. Its {@code malloc} otherwise gives the
 * arrays of each step back to the system and gets them again page by page, each filled with zeros anew: a tenth of the time of a
 * training step of a U-Net, a sixth of a forward pass. The process then has what its largest step needed, until it is idle: what is free
 * goes back then.
 *
 * <p>A thread's own heaps cannot hold blocks that are larger than a heap, which come from the system each time; with {@code
 * MALLOC_ARENA_MAX=1} in the environment of a process when it begins there is only the first thread's, which holds any. Trainings have
 * it, for at batch 64 it saves another seventh of a step's time; drawing would need a tenth more memory with it, and be no faster.
 */
final class NativeMemory {
    /** From {@code malloc.h}. */
    private static final int TRIM_THRESHOLD = -1;

    private static final int TOP_PAD = -2;
    private static final int MMAP_MAX = -4;

    /**
     * Threads but the first allocate from heaps of this many bytes, which glibc gives back when they are empty, whatever its
     * threshold says, unless so much is to be kept at the end of the one before.
     */
    private static final int HEAP = 64 << 20;

    /** Set for trainings, and says nothing of what is kept. */
    private static final String ARENAS = "MALLOC_ARENA_MAX";

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final int IDLE = 50; // one part in 50 of a core

    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private NativeMemory() {}

    /** To be called before the engine allocates; can be repeated. Does nothing where the user has set up {@code malloc}. */
    static void keep() {
        if (!isGiven()
                && BEGUN.compareAndSet(false, true)
                && NativeCalls.setMalloc(TRIM_THRESHOLD, -1)
                && NativeCalls.setMalloc(TOP_PAD, HEAP)
                && NativeCalls.setMalloc(MMAP_MAX, 0)) {
            giveBackWhenIdle(PAUSE);
        }
    }

    static void prepare(Map<String, String> environment) {
        environment.putIfAbsent(ARENAS, "1");
    }

    private static boolean isGiven() {
        return System.getenv().keySet().stream().anyMatch(name -> name.startsWith("MALLOC_") && !name.equals(ARENAS))
                || System.getenv().getOrDefault("GLIBC_TUNABLES", "").contains("glibc.malloc");
    }

    /** @param pause how often it is looked whether the process is idle */
    static void giveBackWhenIdle(Duration pause) {
        Thread thread = new Thread(() -> watch(pause), "scorebook-memory");
        thread.setDaemon(true);
        thread.start();
    }

    private static void watch(Duration pause) {
        boolean worked = false;
        try {
            while (true) {
                long before = processorNanos();
                Thread.sleep(pause.toMillis());
                boolean works = processorNanos() - before > pause.toNanos() / IDLE;
                if (worked && !works) {
                    NativeCalls.trimMalloc();
                }
                worked = works;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // whoever did does not want it watched
        }
    }

    private static long processorNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }
}
