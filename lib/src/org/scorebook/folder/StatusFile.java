package org.scorebook.folder;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.DamagedFile;
import org.scorebook.base.TextFile;
import org.scorebook.machine.Devices;

/** A run's {@code status.json}, which its process, the one that started it and others read and change. */
final class StatusFile {
    private static final String HELP =
            "mend or delete it; the run's checkpoints are not touched by that and can be drawn from by their path";
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

    /**
     * What is true now: an open run whose process is gone has failed, whatever the file says. That a Slurm job has ended, which
     * Slurm forgets, is written down.
     *
     * @throws IOException where there is no file, or a damaged one
     */
    Status read() throws IOException {
        Status first = written().status();
        Status status = now(first);
        if (!first.state().isOpen() || status.state().isOpen()) {
            return status;
        }
        Status again = written().status(); // it may have ended properly between reading and looking for its process
        if (!again.state().isOpen() || again.slurmJob() == null) {
            return now(again);
        }
        try {
            return update(this::now);
        } catch (AccessDeniedException e) {
            return status; // somebody else's run
        }
    }

    private Status now(Status status) {
        if (!status.state().isOpen()) {
            return status;
        }
        if (status.slurmJob() != null) {
            return new StatusInSlurm(status, Files.exists(cancelMarker()), resume()).now();
        }
        return isAlive(status) ? status : afterSilentEnd(status);
    }

    private String resume() {
        return "; resume with: " + TrainingProgram.installed().toResume(directory);
    }

    /** The file, checked. */
    Content written() throws IOException {
        try {
            StatusJson json = StatusJson.parse(TextFile.read(file(), HELP));
            return new Content(json, json.status());
        } catch (NoSuchFileException e) {
            throw gone(e);
        } catch (JsonParseException | DateTimeException e) {
            throw new DamagedFile(file(), e, HELP);
        }
    }

    record Content(StatusJson json, Status status) {}

    private IOException gone(NoSuchFileException e) {
        return new IOException(
                Files.isDirectory(directory)
                        ? "run " + directory.getFileName()
                                + " has no status.json any more: somebody has deleted it from " + directory
                        : "the folder of run " + directory.getFileName() + " is gone: somebody has moved or deleted "
                                + directory,
                e);
    }

    private static boolean isAlive(Status status) {
        if (status.pid() != 0) {
            return isHere(status) && status.process().isAlive();
        }
        boolean inTime = Duration.between(status.updated(), Instant.now()).compareTo(TIME_TO_BEGIN) < 0;
        return inTime && (status.starter() == null || status.starter().isAlive());
    }

    /** A process of another machine has a number that means nothing here. */
    private static boolean isHere(Status status) {
        return status.host() == null || status.host().equals(Devices.machine());
    }

    private Status afterSilentEnd(Status status) {
        if (Files.exists(cancelMarker())) {
            return status.foundEnded(RunState.CANCELLED, "cancelled at step " + status.step() + resume());
        }
        return status.foundEnded(
                RunState.FAILED,
                status.state() == RunState.QUEUED
                        ? "the process ended before it began to train; log.txt may say why"
                        : "the process ended without a word at step " + status.step()
                                + (isHere(status) ? "" : ", or is on " + status.host() + ", where this is to be asked")
                                + resume());
    }

    void create() throws IOException {
        write(StatusJson.of(Status.fresh()));
    }

    private void write(StatusJson json) throws IOException {
        AtomicFiles.write(file(), json.text().getBytes(StandardCharsets.UTF_8));
    }

    /** Reads, changes and writes with no other process or thread in between. */
    Status update(Status.Change change) throws IOException {
        return update(change, this::write);
    }

    /** As {@link #update}; where the disk takes no other file, in the place of the old content, which is there already. */
    Status lastWord(Status.Change change) throws IOException {
        return update(change, json -> {
            try {
                write(json);
            } catch (IOException e) {
                overwrite(json.text());
            }
        });
    }

    /** With spaces up to the old length, so that no moment has half of both but in the middle of one small write. */
    private void overwrite(String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            byte[] content = text.getBytes(StandardCharsets.UTF_8);
            byte[] padded = Arrays.copyOf(content, Math.max(content.length, (int) channel.size()));
            Arrays.fill(padded, content.length, padded.length, (byte) ' ');
            channel.write(ByteBuffer.wrap(padded), 0);
            channel.force(true);
        }
    }

    private interface Writing {
        void of(StatusJson json) throws IOException;
    }

    private Status update(Status.Change change, Writing writing) throws IOException {
        synchronized (StatusFile.class) {
            Path lock = directory.resolve(".lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock(); // until the channel is closed
                Content before = written();
                Status changed = change.of(before.status());
                writing.of(before.json().with(changed));
                return changed;
            } catch (NoSuchFileException e) {
                throw gone(e);
            }
        }
    }

    /**
     * Lets a process go on with a run: of those who ask at the same time, one may.
     *
     * @param check throws for a run that cannot go on, given how it is now
     * @param change to state queued
     */
    void reopen(Consumer<Status> check, Status.Change change) throws IOException {
        update(status -> {
            check.accept(now(status));
            Status queued = change.of(status);
            Files.deleteIfExists(cancelMarker());
            return queued;
        });
    }
}
