package org.scorebook.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunState;
import org.scorebook.folder.RunText;
import org.scorebook.folder.Status;

/** A job whose process is, or was, on this machine. */
record LocalJob(RunDirectory directory, Launcher launcher) implements TrainingJob {
    private static final int POLL_MILLIS = 200;

    static TrainingJob start(RunConfig config, Path runsFolder, Launcher launcher) throws IOException {
        LocalJob job = new LocalJob(RunDirectory.create(config, runsFolder), launcher);
        job.launch();
        return job;
    }

    private void launch() throws IOException {
        try {
            launcher.launch(directory);
        } catch (IOException e) {
            directory.update(
                    status -> status.ended(RunState.FAILED, "the process could not be started: " + e.getMessage()));
            throw e;
        }
    }

    @Override
    public String id() {
        return directory.id();
    }

    @Override
    public Status status() throws IOException {
        return directory.status();
    }

    @Override
    public void cancel() throws IOException {
        Status status = status();
        if (status.state().isOpen()) {
            Files.writeString(directory.cancelMarker(), "", StandardOpenOption.CREATE);
            status.process().handle().ifPresent(ProcessHandle::destroy);
        }
    }

    @Override
    public void resume() throws IOException {
        directory.reopen();
        launch();
    }

    @Override
    public Optional<String> extendTo(int epochs) throws IOException {
        Optional<String> note = Extension.apply(directory, epochs);
        launch();
        return note;
    }

    @Override
    public Status await(Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        Status status = status();
        while (status.state().isOpen() && System.nanoTime() < end) {
            Thread.sleep(POLL_MILLIS);
            status = status();
        }
        return status;
    }

    @Override
    public Status await() throws IOException, InterruptedException {
        RunPanel panel = new RunPanel(directory);
        Status status = status();
        while (status.state().isOpen()) {
            panel.showBar();
            Thread.sleep(1000);
            status = status();
        }
        panel.showBar();
        return status;
    }

    @Override
    public void watch(Duration patience) {
        RunWatch.start(directory, patience);
    }

    /** What a notebook cell shows of it. */
    @Override
    public String toString() {
        try {
            return RunText.line(id(), status());
        } catch (IOException e) {
            return id() + ": " + e.getMessage();
        }
    }
}
