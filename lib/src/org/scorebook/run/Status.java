package org.scorebook.run;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * What {@code status.json} says of a run.
 *
 * @param pid of the process that works on it, 0 for none yet
 * @param processStart when that process began, which tells it from a later one with the same number
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
 */
public record Status(
        RunState state,
        long pid,
        Instant processStart,
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
        double imagesPerSecond) {
    /** @throws IllegalArgumentException without a state, or the times of creation and of the last writing */
    public Status {
        if (state == null) {
            throw new IllegalArgumentException("state must be one of " + Arrays.toString(RunState.values()));
        }
        if (created == null || updated == null) {
            throw new IllegalArgumentException(
                    "created and updated must be times, but are " + created + " and " + updated);
        }
    }

    static Status fresh() {
        Instant now = now();
        return new Status(
                RunState.QUEUED, 0, null, ProcessMark.current(), 0, 0, 0, 0, null, null, now, null, now, null, null, 0);
    }

    /** Nobody has ended it; a process that this one starts will work on it. */
    Status queued() {
        return new Status(
                RunState.QUEUED,
                0,
                null,
                ProcessMark.current(),
                step,
                step,
                totalSteps,
                epoch,
                null,
                note,
                created,
                null,
                now(),
                null,
                device,
                0);
    }

    /** As {@link #queued}, for a training of another length. */
    Status queuedAnew() {
        return queued().outOf(0);
    }

    private Status outOf(long steps) {
        return new Status(
                state,
                pid,
                processStart,
                starter,
                firstStep,
                step,
                steps,
                epoch,
                error,
                note,
                created,
                started,
                updated,
                finished,
                device,
                imagesPerSecond);
    }

    Status ofProcess(ProcessMark process) {
        return new Status(
                state,
                process.pid(),
                process.start(),
                null,
                firstStep,
                step,
                totalSteps,
                epoch,
                error,
                note,
                created,
                started,
                now(),
                finished,
                device,
                imagesPerSecond);
    }

    Status running(String onDevice) {
        Instant now = now();
        return new Status(
                RunState.RUNNING,
                pid,
                processStart,
                starter,
                firstStep,
                step,
                totalSteps,
                epoch,
                error,
                note,
                created,
                now,
                now,
                finished,
                onDevice,
                imagesPerSecond);
    }

    Status at(Progressed progress) {
        long first = Math.min(firstStep, progress.step()); // a run resumed from a checkpoint has stepped back
        return new Status(
                state,
                pid,
                processStart,
                starter,
                first,
                progress.step(),
                progress.totalSteps(),
                progress.epoch(),
                error,
                note,
                created,
                started,
                now(),
                finished,
                device,
                progress.imagesPerSecond());
    }

    /** Says what happened on the way. */
    Status noted(String what) {
        return new Status(
                state,
                pid,
                processStart,
                starter,
                firstStep,
                step,
                totalSteps,
                epoch,
                error,
                what,
                created,
                started,
                now(),
                finished,
                device,
                imagesPerSecond);
    }

    Status ended(RunState how, String why) {
        Instant now = now();
        return new Status(
                how,
                pid,
                processStart,
                starter,
                firstStep,
                step,
                totalSteps,
                epoch,
                why,
                note,
                created,
                started,
                now,
                now,
                device,
                imagesPerSecond);
    }

    /** Its process ended without a word, at a time that nobody knows: at the earliest when it wrote for the last time. */
    Status foundEnded(RunState how, String why) {
        return new Status(
                how,
                pid,
                processStart,
                starter,
                firstStep,
                step,
                totalSteps,
                epoch,
                why,
                note,
                created,
                started,
                updated,
                updated,
                device,
                imagesPerSecond);
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

    ProcessMark process() {
        return new ProcessMark(pid, processStart);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
