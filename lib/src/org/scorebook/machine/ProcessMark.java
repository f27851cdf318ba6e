package org.scorebook.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process, told from a later one of the same number by when it began.
 *
 * @param pid its number, 0 for none
 * @param start when it began; null where the system does not tell
 */
public record ProcessMark(long pid, Instant start) {
    /** Linux computes the time from the clock, which may have been set meanwhile. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** Of this process. */
    public static ProcessMark current() {
        return of(ProcessHandle.current());
    }

    /** Of a process that runs. */
    public static ProcessMark of(ProcessHandle handle) {
        return new ProcessMark(handle.pid(), handle.info().startInstant().orElse(null));
    }

    /** Whether it is this process that still runs, and not another one with its number. */
    public boolean isAlive() {
        return handle().isPresent();
    }

    /** The process while it lives. */
    public Optional<ProcessHandle> handle() {
        if (pid <= 0) {
            return Optional.empty();
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(this::isSame)
                .filter(h -> !isZombie());
    }

    private boolean isSame(ProcessHandle handle) {
        Optional<Instant> other = handle.info().startInstant();
        return start == null
                || other.isEmpty()
                || Duration.between(start, other.get()).abs().compareTo(TOLERANCE) <= 0;
    }

    /** A container whose first process does not collect its orphans keeps them listed after their end. */
    private boolean isZombie() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false; // not Linux
        }
    }
}
