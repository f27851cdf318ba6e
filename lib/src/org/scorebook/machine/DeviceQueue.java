package org.scorebook.machine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * One place for each device, taken in the order in which runs were created. The place is a locked file, and so is the
 * ticket of each that waits; the system unlocks both when their process ends, however it ends.
 */
public final class DeviceQueue {
    private static final int POLL_MILLIS = 200;

    private final Path folder;
    private final String device;

    /** @param device such as {@code cuda:0} */
    public DeviceQueue(Path folder, String device) {
        this.folder = folder;
        this.device = device.replace(':', '-');
    }

    /** The place, until it is closed. */
    public interface Place extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** That there is something to say. */
    public interface Announcement {
        void make() throws IOException;
    }

    /** A locked file. */
    private record Locked(FileChannel channel, FileLock lock) implements Place {
        /** Empty where another holds it. */
        static Optional<Locked> attempt(Path file) throws IOException {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = null;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException e) {
                // held by another thread of this JVM
            }
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new Locked(channel, lock));
        }

        @Override
        public void close() throws IOException {
            lock.release();
            channel.close();
        }
    }

    /**
     * Waits for the place.
     *
     * @param waiting is told once where the place is not free at once
     * @param created of the run: the earlier goes first
     * @param stop asked while waiting
     * @return empty when asked to stop
     */
    public Optional<Place> await(Instant created, String id, Announcement waiting, BooleanSupplier stop)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        String name = String.format("%s.%015d-%s.ticket", device, created.toEpochMilli(), id);
        Path ticket = folder.resolve(name);
        Optional<Locked> mine = Locked.attempt(ticket);
        try {
            boolean announced = false;
            while (!stop.getAsBoolean()) {
                if (mine.isEmpty() || !Files.exists(ticket)) { // taken for a dead one before it was locked
                    close(mine);
                    mine = Locked.attempt(ticket);
                }
                Optional<Locked> place = isFirst(name) ? Locked.attempt(place()) : Optional.empty();
                if (place.isPresent()) {
                    return Optional.of(place.get());
                }
                if (!announced) {
                    waiting.make();
                    announced = true;
                }
                Thread.sleep(POLL_MILLIS);
            }
            return Optional.empty();
        } finally {
            Files.deleteIfExists(ticket);
            close(mine);
        }
    }

    private Path place() {
        return folder.resolve(device + ".lock");
    }

    private static void close(Optional<Locked> locked) throws IOException {
        if (locked.isPresent()) {
            locked.get().close();
        }
    }

    /** Whether nobody who lives waits before this one; tickets of the dead are thrown away. */
    private boolean isFirst(String name) throws IOException {
        for (Path other : tickets()) {
            if (other.getFileName().toString().compareTo(name) >= 0) {
                return true;
            }
            Optional<Locked> dead = Locked.attempt(other);
            if (dead.isEmpty()) {
                return false;
            }
            Files.deleteIfExists(other);
            dead.get().close();
        }
        return true;
    }

    private List<Path> tickets() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> {
                        String name = f.getFileName().toString();
                        return name.startsWith(device + ".") && name.endsWith(".ticket");
                    })
                    .sorted(Comparator.comparing(Path::getFileName))
                    .toList();
        }
    }
}
