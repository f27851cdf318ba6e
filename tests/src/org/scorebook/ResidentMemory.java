package org.scorebook;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Memory of this process, on Linux. */
public final class ResidentMemory {
    private ResidentMemory() {}

    /**
     * What is resident, in bytes, without what waits only to be given back: buffers outside the heap whose Java objects are garbage,
     * and what the C library holds free. How much that is depends on when the garbage collector last ran, and on all that the
     * process did before.
     */
    public static long bytes() {
        collectBuffers();
        giveBack();
        try {
            return 4096
                    * Long.parseLong(
                            Files.readString(Path.of("/proc/self/statm")).split(" ")[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The collector's own thread frees buffers after the collection has returned. */
    private static void collectBuffers() {
        BufferPoolMXBean direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .findFirst()
                .orElseThrow();
        System.gc();
        long held;
        do {
            held = direct.getMemoryUsed();
            LockSupport.parkNanos(100_000_000);
        } while (direct.getMemoryUsed() < held);
    }

    private static void giveBack() {
        NativeLibrary.getInstance("c").getFunction("malloc_trim").invokeInt(new Object[] {0});
    }
}
