package org.scorebook.run;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/**
 * What {@code status.json} says of a run.
 *
 * @param starter the process that queued it and is about to start the one that works on it, else null
 * @param pid of the process that works on it, 0 for none yet
 * @param processStart when that process began, which tells it from a later one with the same number
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
        ProcessMark starter,
        long pid,
        Instant processStart,
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
            throw new IllegalArgumentException("created and updated must be times, but are " + created + " and " + updated);
        }
    }
