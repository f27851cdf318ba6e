package org.scorebook.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.scorebook.base.Require;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.Runs;
import org.scorebook.folder.Status;

/**
 * A training in a process of its own, which goes on when the notebook's kernel stops. Any process can look at it, through
 * its run directory.
 */
public interface TrainingJob {
    /** How long {@link #watch()} goes on without news. */
    Duration PATIENCE = Duration.ofMinutes(30);

    /** The name of the run directory. */
    String id();

    /** The run directory. */
    RunDirectory directory();

    /** How it is now. */
    Status status() throws IOException;

    /** Asks it to write a checkpoint and stop; returns at once. Nothing happens to a job that has ended. */
    void cancel() throws IOException;

    /**
     * Goes on from the newest checkpoint, in a new process where the last one was: on this machine, or in a Slurm job with the same
     * options; returns at once.
     *
     * @throws IllegalStateException for a job that is at work, or has succeeded: {@link #extendTo} trains that longer
     */
    void resume() throws IOException;

    /** As {@link #resume()}, not where it was before. */
    void resume(Launcher launcher) throws IOException;

    /**
     * Goes on from the newest checkpoint, in a new process, until so many epochs are trained in all; returns at once. Also for a
     * job that has succeeded. With a constant learning rate the result is that of one job of so many epochs, on a CPU with the
     * same number of threads bit for bit. The epochs are from now on those of its {@code config.json}.
     *
     * @param epochs more than it has trained; may be fewer than it was to train
     * @return one sentence, also in log and status, where the result will be another than that of one job: with a learning rate
     *     that falls over all steps
     * @throws IllegalStateException for a job that is at work
     * @throws IllegalArgumentException if so many epochs are done
     */
    Optional<String> extendTo(int epochs) throws IOException;

    /** As {@link #extendTo(int)}, not where it was before. */
    Optional<String> extendTo(int epochs, Launcher launcher) throws IOException;

    /**
     * Waits until it has ended, or so long.
     *
     * @return the status then
     * @throws InterruptedException when interrupted; the job goes on
     */
    Status await(Duration limit) throws IOException, InterruptedException;

    /** Waits until it has ended, with a progress bar; when interrupted, the job goes on. */
    Status await() throws IOException, InterruptedException;

    /** As {@link #watch(Duration)}, for half an hour without news. */
    default void watch() {
        watch(PATIENCE);
    }

    /**
     * Shows it on the page and returns at once: state, bar, losses and newest samples, renewed each second until it ends.
     *
     * @param patience for how long without news; watch it again afterwards
     */
    void watch(Duration patience);

    /** Starts a training in {@link Runs#folder}; returns as soon as its process exists. */
    static TrainingJob start(RunConfig config) throws IOException {
        return start(Require.given("config", config), Runs.folder());
    }

    /** As {@link #start(RunConfig)}, in another folder of runs. */
    static TrainingJob start(RunConfig config, Path runsFolder) throws IOException {
        return start(config, runsFolder, Launcher.local());
    }

    /** As {@link #start(RunConfig)}, with a process from elsewhere, such as {@link Launcher#slurm}. */
    static TrainingJob start(RunConfig config, Launcher launcher) throws IOException {
        Require.given("config", config);
        return start(config, Runs.folder(), launcher);
    }

    /** As {@link #start(RunConfig, Launcher)}, in another folder of runs. */
    static TrainingJob start(RunConfig config, Path runsFolder, Launcher launcher) throws IOException {
        Require.given("config", config);
        Require.given("runsFolder", runsFolder);
        return RunJob.start(config, runsFolder, Require.given("launcher", launcher));
    }

    /**
     * The job of an ID, or the newest one of a name; {@code latest} is the newest of all.
     *
     * @throws IllegalArgumentException where there is none
     */
    static TrainingJob find(String id) throws IOException {
        return find(Require.given("id", id), Runs.folder());
    }

    /** As {@link #find(String)}, in another folder of runs. */
    static TrainingJob find(String id, Path runsFolder) throws IOException {
        return new RunJob(Runs.find(Require.given("id", id), Require.given("runsFolder", runsFolder)));
    }

    /** All jobs, the newest first. */
    static List<TrainingJob> list() throws IOException {
        return list(Runs.folder());
    }

    /** As {@link #list()}, in another folder of runs. */
    static List<TrainingJob> list(Path runsFolder) throws IOException {
        return list(Require.given("runsFolder", runsFolder), Integer.MAX_VALUE);
    }

    /** As {@link #list(Path)}, at most so many. */
    static List<TrainingJob> list(Path runsFolder, int most) throws IOException {
        Require.atLeast("most", most, 0);
        return Runs.list(Require.given("runsFolder", runsFolder), most).stream()
                .<TrainingJob>map(RunJob::new)
                .toList();
    }

    /** The newest job: where to pick up after the kernel was restarted. */
    static TrainingJob latest() throws IOException {
        return find("latest");
    }

    /** The sentence that says why it failed or was stopped; empty for others. */
    default Optional<String> error() throws IOException {
        return Optional.ofNullable(status().error());
    }
}
