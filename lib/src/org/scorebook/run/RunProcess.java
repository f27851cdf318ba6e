package org.scorebook.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;
import org.scorebook.config.RunConfig;
import org.scorebook.train.TrainingListener;

/** Runs the training of a run directory in this process, from waiting for the device to the last word in the status. */
public final class RunProcess {
    private final RunDirectory directory;
    private final Training.Factory factory;
    private final RunListener listener;

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

    private Status run() throws IOException {
        ProcessMark self = ProcessMark.current();
        directory.update(status -> status.ofProcess(self));
        directory.sweep();
        directory.log("process " + self.pid() + " takes " + directory.id());
        Status ended = end();
        directory.log(ended.state() + (ended.error() == null ? "" : ": " + ended.error()));
        return ended;
    }

    private Status end() throws IOException {
        try {
            boolean started = trainOnDevice();
            if (started && !StopSignal.isRaised()) {
                return directory.update(status -> status.ended(RunState.SUCCEEDED, null));
            }
            return stopped(StopSignal.cause());
        } catch (InterruptedException e) {
            return stopped("an interrupt");
        } catch (Throwable e) { // also an error of the engine or of memory must reach the status
            directory.log(trace(e));
            return directory.update(status -> status.ended(RunState.FAILED, sentence(e)));
        }
    }

    /** False when asked to stop before it began. */
    private boolean trainOnDevice() throws Exception {
        RunConfig config = directory.config();
        String device = Devices.canonicalName(config.device());
        DeviceQueue queue = new DeviceQueue(Devices.queueFolder(), device);
        Optional<DeviceQueue.Place> place = queue.await(
                directory.status().created(),
                directory.id(),
                () -> announceWait(device),
                () -> StopSignal.isRaised() || isCancelled());
        if (place.isEmpty()) {
            return false;
        }
        try {
            directory.update(status -> status.running(device));
            directory.log("trains on " + device);
            factory.create(config, directory, withLog(config.logInterval())).run();
        } finally {
            place.get().close();
        }
        return true;
    }

    private void announceWait(String device) throws IOException {
        directory.log("waits for " + device + ", where another run trains");
        listener.waits(device);
    }

    private TrainingListener withLog(int interval) {
        return (step, loss) -> {
            if (step % interval == 0) {
                try {
                    directory.log(String.format(Locale.ROOT, "step %d: loss %.5g", step, loss));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            listener.step(step, loss);
        };
    }

    private boolean isCancelled() {
        return Files.exists(directory.cancelMarker());
    }

    private Status stopped(String cause) throws IOException {
        String how = isCancelled() ? "cancelled" : "stopped by " + cause;
        return directory.update(status -> status.ended(
                RunState.CANCELLED,
                how + " at step " + status.step() + "; resume with: scorebook jobs resume " + directory.id()));
    }

    /** The first line: the engine's messages go on with C++ frames. */
    private static String sentence(Throwable e) {
        return Optional.ofNullable(e.getMessage())
                .flatMap(message -> message.strip().lines().findFirst())
                .filter(line -> !line.isBlank())
                .map(line -> e instanceof Error ? e.getClass().getSimpleName() + ": " + line : line)
                .orElse(e.getClass().getSimpleName());
    }

    private static String trace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text, true));
        return text.toString().strip();
    }
}
