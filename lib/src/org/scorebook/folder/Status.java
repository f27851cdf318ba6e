package org.scorebook.folder;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.scorebook.base.Require;
import org.scorebook.machine.Devices;
import org.scorebook.machine.ProcessMark;

/**
 * What {@code status.json} says of a run.
 *
 * @param pid of the process that works on it, 0 for none yet
 * @param processStart when that process began, which tells it from a later one with the same number
 * @param host the machine of that process; null for none yet, or one that an older version started
 * @param slurmJob the ID of the Slurm job that it is in, or that will work on the run; null for a process of this machine
 * @param starter the process that queued it, for one that is to work on it; null when that one has begun
 * @param firstStep what this process started from: 0, or the checkpoint that it resumed
 * @param step optimiser steps done
 * @param totalSteps of the whole training, 0 while not known
 * @param epoch passes over the training set done
 * @param error one sentence for a run that failed or was stopped, else null
 * @param note one sentence on something that happened on the way and needs nobody, else null
 * @param started when the training began, after waiting for the device
 * @param updated when the process last wrote
 * @param device that is used, such as {@code cpu}; null before the training began
 * @param imagesPerSecond lately
 * @param stepMode how steps are computed; null before the first of this process
 * @param stepObstacle why each step is not one native call, as one clause; null where it is, or none was taken yet
 */
public record Status(
        RunState state,
        long pid,
        Instant processStart,
        String host,
        String slurmJob,
        ProcessMark starter,
        long firstStep,
        long step,
        long totalSteps,
        int epoch,
        String error,
        String note,
        Instant created,
        Instant started,
        Instant updated,
        Instant finished,
        String device,
        double imagesPerSecond,
        StepMode stepMode,
        String stepObstacle) {
    /** @throws IllegalArgumentException without a state, or the times of creation and of the last writing; for impossible numbers */
    public Status {
        if (state == null) {
            throw new IllegalArgumentException("state must be one of " + Arrays.toString(RunState.values()));
        }
        if (created == null || updated == null) {
            throw new IllegalArgumentException(
                    "created and updated must be times, but are " + created + " and " + updated);
        }
        notNegative("pid", pid);
        notNegative("firstStep", firstStep);
        notNegative("step", step);
        notNegative("totalSteps", totalSteps);
        notNegative("epoch", epoch);
        Require.notNegative("imagesPerSecond", imagesPerSecond);
        if (totalSteps > 0 && step > totalSteps) {
            throw new IllegalArgumentException(
                    "step must be at most totalSteps, but they are " + step + " and " + totalSteps);
        }
    }

    private static void notNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must be 0 or more, but is " + value);
        }
    }

    /** From one status to another; nothing is written where it throws. */
    @FunctionalInterface
    public interface Change {
        Status of(Status status) throws IOException;
    }

    static Status fresh() {
        Instant now = now();
        return new Status(
                RunState.QUEUED,
                0,
                null,
                null,
                null,
                ProcessMark.current(),
                0,
                0,
                0,
                0,
                null,
                null,
                now,
                null,
                now,
                null,
                null,
                0,
                null,
                null);
    }

    /** Nobody has ended it; a process that this one starts will work on it. */
    public Status queued() {
        return changed(to -> {
            to.state = RunState.QUEUED;
            to.pid = 0;
            to.processStart = null;
            to.host = null;
            to.slurmJob = null;
            to.starter = ProcessMark.current();
            to.firstStep = step;
            to.error = null;
            to.started = null;
            to.finished = null;
            to.imagesPerSecond = 0;
        });
    }

    /** As {@link #queued}, for a training of another length. */
    public Status queuedAnew() {
        return queued().changed(to -> to.totalSteps = 0);
    }

    /** A process of this machine has taken the run. */
    public Status ofProcess(ProcessMark process) {
        return changed(to -> {
            to.pid = process.pid();
            to.processStart = process.start();
            to.host = Devices.machine();
            to.starter = null;
        });
    }

    /** It waits for a Slurm job, or works in one. */
    public Status inJob(String job) {
        return changed(to -> {
            to.slurmJob = job;
            to.starter = null;
        });
    }

    /** Its Slurm job is not at work, whatever was written, at the time of that writing. */
    Status waiting(String why) {
        return changed(to -> {
            to.state = RunState.QUEUED;
            to.error = null;
            to.note = why;
            to.updated = updated;
            to.imagesPerSecond = 0;
        });
    }

    /** Its process has stopped, and its job goes on with it. */
    public Status left(String why) {
        return changed(to -> {
            to.state = RunState.QUEUED;
            to.error = why;
            to.started = null;
            to.imagesPerSecond = 0;
        });
    }

    /** As it was written, with something that the reader knows. */
    Status seen(String what) {
        return changed(to -> {
            to.note = what;
            to.updated = updated;
        });
    }

    /** Trains from now on. */
    public Status running(String onDevice) {
        return changed(to -> {
            to.state = RunState.RUNNING;
            to.device = onDevice;
            to.started = to.updated;
            to.stepMode = null;
            to.stepObstacle = null;
        });
    }

    /** So far. */
    public Status at(Progressed progress) {
        return changed(to -> {
            to.step = progress.step();
            to.totalSteps = progress.totalSteps();
            to.epoch = progress.epoch();
            to.imagesPerSecond = progress.imagesPerSecond();
            to.firstStep = Math.min(firstStep, progress.step()); // a run resumed from a checkpoint has stepped back
        });
    }

    /**
     * Computes its steps so from now on.
     *
     * @param obstacle why each is not one native call; empty where it is
     */
    public Status stepping(String obstacle) {
        boolean isNative = Require.given("obstacle", obstacle).isEmpty();
        return changed(to -> {
            to.stepMode = isNative ? StepMode.NATIVE : StepMode.EAGER;
            to.stepObstacle = isNative ? null : obstacle;
        });
    }

    /** Says what happened on the way. */
    public Status noted(String what) {
        return changed(to -> to.note = what);
    }

    /** The last word of its process.
     *
     * @param why null where nothing is to be said
     */
    public Status ended(RunState how, String why) {
        return changed(to -> {
            to.state = how;
            to.error = why;
            to.finished = to.updated;
        });
    }

    /** Its process ended without a word, at a time that nobody knows: at the earliest when it wrote for the last time. */
    Status foundEnded(RunState how, String why) {
        return ended(how, why).changed(to -> {
            to.finished = updated;
            to.updated = updated;
        });
    }

    /** A copy with some components changed, and the time of this update. */
    private Status changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        draft.updated = now();
        change.accept(draft);
        return draft.status();
    }

    /** How long the rest takes at the pace so far; empty while that is not known. */
    public Optional<Duration> timeLeft() {
        long done = step - firstStep;
        if (state != RunState.RUNNING || started == null || done <= 0 || totalSteps <= 0) {
            return Optional.empty();
        }
        long millis = Duration.between(started, updated).toMillis();
        return Optional.of(Duration.ofMillis(Math.max(0, millis * (totalSteps - step) / done)));
    }

    /** The process that works on it, or did. */
    public ProcessMark process() {
        return new ProcessMark(pid, processStart);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The components, while they change. */
    private static final class Draft {
        private RunState state;
        private long pid;
        private Instant processStart;
        private String host;
        private String slurmJob;
        private ProcessMark starter;
        private long firstStep;
        private long step;
        private long totalSteps;
        private int epoch;
        private String error;
        private String note;
        private final Instant created;
        private Instant started;
        private Instant updated;
        private Instant finished;
        private String device;
        private double imagesPerSecond;
        private StepMode stepMode;
        private String stepObstacle;

        private Draft(Status from) {
            state = from.state;
            pid = from.pid;
            processStart = from.processStart;
            host = from.host;
            slurmJob = from.slurmJob;
            starter = from.starter;
            firstStep = from.firstStep;
            step = from.step;
            totalSteps = from.totalSteps;
            epoch = from.epoch;
            error = from.error;
            note = from.note;
            created = from.created;
            started = from.started;
            updated = from.updated;
            finished = from.finished;
            device = from.device;
            imagesPerSecond = from.imagesPerSecond;
            stepMode = from.stepMode;
            stepObstacle = from.stepObstacle;
        }

        private Status status() {
            return new Status(
                    state,
                    pid,
                    processStart,
                    host,
                    slurmJob,
                    starter,
                    firstStep,
                    step,
                    totalSteps,
                    epoch,
                    error,
                    note,
                    created,
                    started,
                    updated,
                    finished,
                    device,
                    imagesPerSecond,
                    stepMode,
                    stepObstacle);
        }
    }
}
