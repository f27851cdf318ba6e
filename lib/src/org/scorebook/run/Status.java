package org.scorebook.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What {@code status.json} says of a run.
 *
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
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .registerTypeAdapterFactory(new RecordAdapter())
            .registerTypeAdapter(Instant.class, new InstantText())
            .create();

    static Status fresh() {
        Instant now = now();
        return new Status(RunState.QUEUED, 0, null, 0, 0, 0, 0, null, null, now, null, now, null, null, 0);
    }

    /** Nobody has ended it; a process will work on it. */
    Status queued() {
        return with("state", RunState.QUEUED, "pid", 0, "processStart", null, "firstStep", step, "imagesPerSecond", 0)
                .with("error", null, "started", null, "finished", null);
    }

    /** As {@link #queued}, for a training of another length. */
    Status queuedAnew() {
        return queued().with("totalSteps", 0);
    }

    Status ofProcess(ProcessMark process) {
        return with("pid", process.pid(), "processStart", process.start());
    }

    Status running(String onDevice) {
        return with("state", RunState.RUNNING, "device", onDevice, "started", now());
    }

    Status at(Progressed progress) {
        return with("step", progress.step(), "totalSteps", progress.totalSteps(), "epoch", progress.epoch())
                .with("imagesPerSecond", progress.imagesPerSecond())
                // a run resumed from a checkpoint has stepped back
                .with("firstStep", Math.min(firstStep, progress.step()));
    }

    /** Says what happened on the way. */
    Status noted(String what) {
        return with("note", what);
    }

    Status ended(RunState how, String why) {
        return with("state", how, "error", why, "finished", now());
    }

    /** A copy with some components changed, and the time of this update. */
    private Status with(Object... namesAndValues) {
        JsonObject tree = GSON.toJsonTree(this).getAsJsonObject();
        for (int k = 0; k < namesAndValues.length; k += 2) {
            tree.add((String) namesAndValues[k], GSON.toJsonTree(namesAndValues[k + 1]));
        }
        tree.add("updated", GSON.toJsonTree(now()));
        return GSON.fromJson(tree, Status.class);
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

    String toJson() {
        return GSON.toJson(this) + "\n";
    }

    static Status fromJson(String json) {
        return GSON.fromJson(json, Status.class);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** ISO 8601 in UTC. */
    private static final class InstantText extends TypeAdapter<Instant> {
        @Override
        public void write(JsonWriter out, Instant value) throws IOException {
            out.value(value == null ? null : value.toString());
        }

        @Override
        public Instant read(JsonReader in) throws IOException {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                return null;
            }
            return Instant.parse(in.nextString());
        }
    }
}
