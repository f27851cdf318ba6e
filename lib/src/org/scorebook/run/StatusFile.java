package org.scorebook.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.Invocation;

/** A run's {@code status.json}, which its process, the one that started it and others read and change. */
final class StatusFile {
    private static final Duration TIME_TO_BEGIN = Duration.ofSeconds(30);

    private final Path directory;

    StatusFile(Path directory) {
        this.directory = directory;
    }

    private Path file() {
        return directory.resolve("status.json");
    }

    /** Exists from the wish to cancel until the run is resumed. */
    Path cancelMarker() {
        return directory.resolve("cancelled");
    }

    /** What is true now: an open run whose process is gone has failed, whatever the file says. */
    Status read() throws IOException {
        Status status = written();
        if (!status.state().isOpen() || isAlive(status)) {
            return status;
        }
        Status again = written(); // it may have ended properly between reading and looking for its process
        return again.state().isOpen() && !isAlive(again) ? afterSilentEnd(again) : again;
    }

    private Status written() throws IOException {
        return Status.fromJson(Files.readString(file()));
    }

    private static boolean isAlive(Status status) {
        if (status.pid() == 0) {
            return Duration.between(status.updated(), Instant.now()).compareTo(TIME_TO_BEGIN) < 0;
        }
        return status.process().isAlive();
    }

    private Status afterSilentEnd(Status status) {
        String resume = "; resume with: " + Invocation.of("jobs resume " + directory.getFileName());
        if (Files.exists(cancelMarker())) {
            return status.ended(RunState.CANCELLED, "cancelled at step " + status.step() + resume);
        }
        return status.ended(
                RunState.FAILED,
                status.state() == RunState.QUEUED
                        ? "the process ended before it began to train; log.txt may say why"
                        : "the process ended without a word at step " + status.step() + resume);
    }

    void write(Status status) throws IOException {
        AtomicFiles.write(file(), status.toJson().getBytes(StandardCharsets.UTF_8));
    }

    /** Reads, changes and writes with no other process or thread in between. */
    Status update(UnaryOperator<Status> change) throws IOException {
        synchronized (StatusFile.class) {
            Path lock = directory.resolve(".lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock(); // until the channel is closed
                Status changed = change.apply(written());
                write(changed);
                return changed;
            }
        }
    }
}
