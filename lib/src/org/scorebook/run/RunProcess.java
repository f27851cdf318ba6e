package org.scorebook.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunState;
import org.scorebook.folder.Status;
import org.scorebook.folder.TrainingProgram;
import org.scorebook.machine.DeviceQueue;
import org.scorebook.machine.Devices;
import org.scorebook.machine.ProcessMark;
import org.scorebook.machine.StopSignal;
import org.scorebook.slurm.BatchJob;
import org.scorebook.train.TrainingListener;

/** Runs the training of a run directory in this process, from waiting for the device to the last word in the status. */
public final class RunProcess {
    private final RunDirectory directory;
    private final Training.Factory factory;
    private final RunListener listener;
    private Optional<Continuation> continuation = Optional.empty();
    private DeviceQueue.Place place;

    private RunProcess(RunDirectory directory, Training.Factory factory, RunListener listener) {
        this.directory = directory;
        this.factory = factory;
        this.listener = listener;
    }

    /**
     * Trains; what goes wrong in the training is not thrown but in the status, with its trace in {@code log.txt}.
     *
     * @param listener is told of each step, and of a wait before the first
     * @return how the run ended
     */
    public static Status run(RunDirectory directory, Training.Factory factory, RunListener listener)
            throws IOException {
        StopSignal signal = StopSignal.listen();
        try {
            return new RunProcess(directory, factory, listener).run();
        } finally {
            signal.close();
        }
    }

    /**
     * The last word in the log comes before that in the status, and both before the next run has the device. Slurm may put a job back
     * into the queue whose training is done: its next process leaves that as it is.
     */
    private Status run() throws IOException {
        Status found = directory.written();
        if (found.state() == RunState.SUCCEEDED && BatchJob.current().isPresent()) {
            directory.log("has succeeded: there is nothing to do for Slurm job "
                    + BatchJob.current().get().id());
            return found;
        }
        ProcessMark self = ProcessMark.current();
        directory.take(status -> {
            continuation = Continuation.of(directory, status);
            return taken(status);
        });
        directory.sweep();
        directory.log("process " + self.pid() + " takes " + directory.id());
        try {
            End end = end();
            return end.next().isPresent() ? goOn(end, end.next().get()) : lastWord(end.state(), end.error());
        } finally {
            if (place != null) {
                place.close();
            }
        }
    }

    /** One that comes back in a Slurm job is not told that it is to; one of this machine was queued by whoever started it. */
    private Status taken(Status status) {
        return continuation.map(c -> c.taken(status)).orElse(status);
    }

    private Status lastWord(RunState state, String error) throws IOException {
        tryToLog(state + (error == null ? "" : ": " + error));
        return directory.lastWord(status -> status.ended(state, error));
    }

    private Status goOn(End end, Continuation.NextStep next) throws IOException {
        tryToLog(end.error());
        directory.lastWord(status -> status.left(end.error()));
        try {
            continuation.orElseThrow().take(next);
            return directory.written();
        } catch (IOException e) {
            return lastWord(RunState.CANCELLED, end.error() + ", which failed: " + e.getMessage() + toResume());
        }
    }

    /** Where the disk is full, the status still takes what the log does not. */
    private void tryToLog(String text) {
        try {
            directory.log(text);
        } catch (IOException e) {
            System.err.println(text + "\n" + sentence(e));
        }
    }

    /** @param next how it goes on; empty where it does not */
    private record End(RunState state, String error, Optional<Continuation.NextStep> next) {
        End(RunState state, String error) {
            this(state, error, Optional.empty());
        }
    }

    private End end() throws IOException {
        try {
            return trainOnDevice() ? new End(RunState.SUCCEEDED, null) : stopped(StopSignal.cause());
        } catch (InterruptedException e) {
            return stopped("an interrupt");
        } catch (Throwable e) { // also an error of the engine or of memory must reach the status
            tryToLog(trace(e));
            return new End(RunState.FAILED, sentence(e));
        }
    }

    /** False when asked to stop before all was done. */
    private boolean trainOnDevice() throws Exception {
        RunConfig config = directory.config();
        String device = Devices.canonicalName(config.device());
        if (!await(device)) {
            return false;
        }
        directory.update(status -> status.running(device));
        directory.log("trains on " + device);
        return factory.create(config, directory, withLog(config.logInterval())).run();
    }

    /** In a Slurm job there is nobody to wait for: its devices are its own. */
    private boolean await(String device) throws IOException, InterruptedException {
        if (continuation.isPresent()) {
            return !isToStop();
        }
        place = new DeviceQueue(Devices.queueFolder(), device)
                .await(directory.written().created(), directory.id(), () -> announceWait(device), this::isToStop)
                .orElse(null);
        return place != null;
    }

    private boolean isToStop() {
        return StopSignal.isRaised() || isCancelled();
    }

    private void announceWait(String device) throws IOException {
        directory.log("waits for " + device + ", where another run trains");
        listener.waits(device);
    }

    private TrainingListener withLog(int interval) {
        return new TrainingListener() {
            @Override
            public void step(long step, double loss) {
                if (step % interval == 0) {
                    try {
                        directory.log(String.format(Locale.ROOT, "step %d: loss %.5g", step, loss));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
                listener.step(step, loss);
            }

            @Override
            public void remark(String sentence) {
                listener.remark(sentence);
            }
        };
    }

    private boolean isCancelled() {
        return Files.exists(directory.cancelMarker());
    }

    private End stopped(String cause) throws IOException {
        Status now = directory.written();
        String how = (isCancelled() ? "cancelled" : "stopped by " + cause) + " at step " + now.step();
        if (!isCancelled() && continuation.isPresent()) {
            String left = how;
            directory.lastWord(
                    status -> status.left(left)); // Slurm, which is asked next, may not answer before it kills
            Optional<Continuation.NextStep> next = continuation.get().after(cause, now);
            if (next.isPresent()) {
                return new End(RunState.QUEUED, how + "; goes on with a job of Slurm's queue", next);
            }
            how += continuation.get().isInVain(cause, now)
                    ? ", before a step was done, twice: the job needs more time"
                    : "";
        }
        return new End(RunState.CANCELLED, how + toResume());
    }

    private String toResume() {
        return "; resume with: " + TrainingProgram.installed().toResume(directory.path());
    }

    /** The first line: the engine's messages go on with C++ frames. Those of missing files are but their names. */
    private static String sentence(Throwable e) {
        String line = Optional.ofNullable(e.getMessage())
                .flatMap(message -> message.strip().lines().findFirst())
                .orElse("");
        if (line.isBlank()) {
            return e.getClass().getSimpleName();
        }
        boolean bare = e instanceof FileSystemException file && file.getReason() == null;
        return e instanceof Error || bare ? e.getClass().getSimpleName() + ": " + line : line;
    }

    private static String trace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text, true));
        return text.toString().strip();
    }
}
