package org.scorebook.sweep;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.scorebook.base.Require;
import org.scorebook.base.Sentence;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunState;
import org.scorebook.folder.Status;
import org.scorebook.machine.Devices;
import org.scorebook.run.Launcher;
import org.scorebook.run.TrainingJob;

/**
 * Trains the members of a sweep that are not trained yet, on this machine, in their order. What has ended is kept, what was stopped
 * goes on, and what fails is one row of the result.
 */
public final class SweepRunner {
    private static final Duration POLL = Duration.ofMillis(300);
    private static final Duration TO_STOP = Duration.ofMinutes(10);

    /** Looking at all runs takes a while where there are many. */
    private static final Duration BETWEEN_RESULTS = Duration.ofSeconds(10);

    private final SweepFolder folder;
    private final Sweep sweep;
    private final AtomicInteger done = new AtomicInteger();
    private IntFunction<Launcher> launchers = worker -> Launcher.local();
    private SweepListener listener = (count, sentence) -> {};
    private BooleanSupplier stop = () -> false;
    private boolean retry;
    private int parallel = 1;
    private Instant lastResult = Instant.EPOCH;
    private volatile boolean stopping;

    /** @param sweep that of the folder, but perhaps for figure and images */
    public SweepRunner(SweepFolder folder, Sweep sweep) {
        this.folder = Require.given("folder", folder);
        this.sweep = Require.given("sweep", sweep);
    }

    /** Tells what happens. */
    public SweepRunner listen(SweepListener heard) {
        listener = Require.given("heard", heard);
        return this;
    }

    /** Lets the runs at work write checkpoints and stop, and begins no more, when this says so. */
    public SweepRunner stopWhen(BooleanSupplier wish) {
        stop = Require.given("wish", wish);
        return this;
    }

    /** Goes on with runs that have failed, too. */
    public SweepRunner retryFailed() {
        retry = true;
        return this;
    }

    /**
     * Trains so many at once: on the CPU where that is the device, else the first on {@code cuda:0}, the second on {@code cuda:1},
     * and so on.
     */
    public SweepRunner parallel(int number) {
        Require.atLeast("parallel", number, 1);
        parallel = number;
        if (number > 1 && isOnCpu(sweep)) {
            launchers = Launcher::local;
        }
        return this;
    }

    /** Whether the device of the settings is the CPU. */
    public static boolean isOnCpu(Sweep sweep) {
        return Devices.canonicalName(Require.given("sweep", sweep).base().device())
                .equals("cpu");
    }

    SweepRunner launcher(Launcher other) {
        launchers = worker -> other;
        return this;
    }

    /**
     * Works until all have ended, or it is told to stop.
     *
     * @throws IllegalStateException if another process works on this sweep, or runs of it wait in Slurm's queue
     * @throws InterruptedException when interrupted; the runs at work have stopped then
     */
    public SweepResult run() throws IOException, InterruptedException {
        try (FileChannel lock = FileChannel.open(
                folder.path().resolve("sweep.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (!isMine(lock)) {
                throw new IllegalStateException("another process works on sweep " + folder.id()
                        + ": end it first, or only look on with sweep show " + folder.id());
            }
            if (new SweepArray(folder, sweep).waiting().isPresent()) {
                throw new IllegalStateException(
                        "runs of sweep " + folder.id() + " wait in Slurm's queue: take them out with"
                                + " scancel first, or leave them to the cluster");
            }
            folder.write(sweep);
            workOnAll(folder.runs());
            return folder.result(sweep);
        }
    }

    private static boolean isMine(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process
        }
    }

    private void workOnAll(Map<Integer, RunDirectory> begun) throws InterruptedException {
        List<SweepMember> waiting = new ArrayList<>(sweep.members());
        ExecutorService workers = Executors.newFixedThreadPool(parallel);
        for (int k = 0; k < parallel; k++) {
            String device = parallel == 1 || isOnCpu(sweep) ? sweep.base().device() : "cuda:" + k;
            Launcher launcher = launchers.apply(k);
            workers.execute(() -> {
                for (SweepMember next = next(waiting); next != null; next = next(waiting)) {
                    work(next, begun.get(next.index()), device, launcher);
                }
            });
        }
        workers.shutdown();
        try {
            while (!workers.awaitTermination(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                if (stop.getAsBoolean() && !stopping) {
                    stopAll(workers);
                }
            }
        } catch (InterruptedException e) {
            stopAll(workers);
            workers.awaitTermination(TO_STOP.toMillis(), TimeUnit.MILLISECONDS);
            throw e;
        }
    }

    private void stopAll(ExecutorService workers) {
        stopping = true;
        workers.shutdownNow();
    }

    private SweepMember next(List<SweepMember> waiting) {
        synchronized (waiting) {
            return stopping || waiting.isEmpty() ? null : waiting.remove(0);
        }
    }

    /** @param run null where it was not begun */
    private void work(SweepMember member, RunDirectory run, String device, Launcher launcher) {
        try {
            RunDirectory trained = run == null ? begin(member, device, launcher) : goOn(member, run, launcher);
            evaluate(member, trained);
        } catch (CancellationException e) {
            tell(member + ": the evaluation was stopped", 0);
        } catch (IOException | RuntimeException e) { // one run, not the end of the sweep
            tell(member + ": " + Sentence.of(e), 1);
        }
    }

    private RunDirectory begin(SweepMember member, String device, Launcher launcher) throws IOException {
        TrainingJob job =
                TrainingJob.start(member.config(sweep.base()).with("device", device), folder.path(), launcher);
        tell(member + ": begins as run " + job.id(), 0);
        return follow(job);
    }

    private RunDirectory goOn(SweepMember member, RunDirectory run, Launcher launcher) throws IOException {
        Status status = run.status();
        RunState state = status.state();
        boolean elsewhere = state.isOpen() && status.slurmJob() != null;
        boolean again = state == RunState.CANCELLED || state == RunState.FAILED && retry;
        if (elsewhere || !state.isOpen() && !again) {
            return run;
        }
        TrainingJob job = TrainingJob.find(run.id(), folder.path());
        if (again) {
            job.resume(launcher);
            tell(member + ": goes on as run " + run.id(), 0);
        }
        return follow(job);
    }

    /** To its end; an interrupt lets it write a checkpoint and stop. */
    private RunDirectory follow(TrainingJob job) throws IOException {
        try {
            Status status = job.status();
            while (status.state().isOpen()) {
                status = job.await(POLL);
            }
        } catch (InterruptedException e) {
            job.cancel();
            try {
                job.await(TO_STOP);
            } catch (InterruptedException again) {
                Thread.currentThread().interrupt();
            }
        }
        return job.directory();
    }

    private void evaluate(SweepMember member, RunDirectory run) throws IOException {
        Status status = run.status();
        if (status.state() == RunState.SUCCEEDED
                && !stopping
                && sweep.figure().needsImages()
                && sweep.figure().of(run, sweep.images()).isEmpty()) {
            tell(member + ": is evaluated", 0);
            RunEvaluation.write(run, sweep.images());
        }
        tell(member + ": " + status.state() + (status.error() == null ? "" : " (" + status.error() + ")"), 1);
    }

    private synchronized void tell(String sentence, int more) {
        listener.news(done.addAndGet(more), sentence);
        if (more > 0 && Duration.between(lastResult, Instant.now()).compareTo(BETWEEN_RESULTS) >= 0) {
            lastResult = Instant.now();
            try {
                folder.result(sweep);
            } catch (IOException e) {
                listener.news(done.get(), "the table is not written: " + Sentence.of(e));
            }
        }
    }
}
