package org.scorebook.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.scorebook.base.Require;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunState;
import org.scorebook.folder.RunText;
import org.scorebook.folder.Status;
import org.scorebook.slurm.QueuedJob;
import org.scorebook.slurm.Slurm;
import org.scorebook.slurm.SlurmQueue;
import org.scorebook.slurm.SlurmState;

/** A job by its run directory. */
record RunJob(RunDirectory directory) implements TrainingJob {
    private static final int POLL_MILLIS = 200;

    static TrainingJob start(RunConfig config, Path runsFolder, Launcher launcher) throws IOException {
        RunJob job = new RunJob(RunDirectory.create(config, runsFolder));
        job.launch(launcher);
        return job;
    }

    private void launch(Launcher launcher) throws IOException {
        try {
            launcher.launch(directory);
        } catch (IOException | IllegalArgumentException e) {
            directory.update(status -> status.ended(RunState.FAILED, "no process could be started: " + e.getMessage()));
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
        if (!status.state().isOpen()) {
            return;
        }
        Files.writeString(directory.cancelMarker(), "", StandardOpenOption.CREATE);
        if (status.slurmJob() == null) {
            status.process().handle().ifPresent(ProcessHandle::destroy);
        } else {
            cancelInSlurm(status.slurmJob());
        }
    }

    /** What works may write a checkpoint, however long that takes. */
    private static void cancelInSlurm(String id) throws IOException {
        SlurmQueue.shared().forget(); // a signal to a job that waits by now would wait with it
        Optional<QueuedJob> job = SlurmQueue.shared().find(id);
        if (job.isPresent() && job.get().state() == SlurmState.RUNNING) {
            Slurm.terminate(id);
        } else {
            Slurm.cancel(id);
        }
    }

    @Override
    public void resume() throws IOException {
        resume(Launcher.of(directory));
    }

    @Override
    public void resume(Launcher launcher) throws IOException {
        Require.given("launcher", launcher);
        directory.reopen();
        launch(launcher);
    }

    @Override
    public Optional<String> extendTo(int epochs) throws IOException {
        return extendTo(epochs, Launcher.of(directory));
    }

    @Override
    public Optional<String> extendTo(int epochs, Launcher launcher) throws IOException {
        Require.given("launcher", launcher);
        Optional<String> note = Extension.apply(directory, epochs);
        launch(launcher);
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
