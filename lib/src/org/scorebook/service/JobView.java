package org.scorebook.service;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.scorebook.base.Sentence;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.Status;
import org.scorebook.http.Json;

/** A training as clients see it. */
final class JobView {
    private static final int MOST_LOSSES = 500;
    private static final String DAMAGED = "damaged";
    private static final String LOSS = "train_loss";

    private final RunDirectory run;

    JobView(RunDirectory run) {
        this.run = run;
    }

    static String url(String id) {
        return "/jobs/" + id;
    }

    /** Puts what a file of the run has. */
    private interface FileReading {
        void put(Map<String, Object> view) throws IOException;
    }

    /** What cannot be read is left out, and told. */
    private static void read(Map<String, Object> view, FileReading reading) {
        try {
            reading.put(view);
        } catch (IOException | IllegalArgumentException e) {
            view.putIfAbsent("error", Sentence.of(e));
        }
    }

    /** In one line. */
    Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", run.id());
        row.put("url", url(run.id()));
        row.put("state", DAMAGED);
        read(row, view -> put(view, run.status()));
        read(row, view -> put(view, run.config()));
        return row;
    }

    private static void put(Map<String, Object> row, RunConfig config) {
        row.put("model_type", config.model().isEnergy() ? ModelEntry.ENERGY : ModelEntry.DIFFUSION);
        row.put("data", config.data());
    }

    private static void put(Map<String, Object> row, Status status) {
        row.put("state", status.state().toString());
        row.put("step", status.step());
        row.put("total_steps", status.totalSteps());
        row.put("epoch", status.epoch());
        row.put("images_per_second", status.imagesPerSecond());
        row.put("seconds_left", status.timeLeft().map(Duration::toSeconds).orElse(null));
        row.put("device", status.device());
        row.put("step_mode", Objects.toString(status.stepMode(), null));
        row.put("step_obstacle", status.stepObstacle());
        if (status.error() != null) {
            row.put("error", status.error());
        }
        row.put("note", status.note());
        row.put("created", status.created());
        row.put("updated", status.updated());
        row.put("finished", status.finished());
    }

    /** With settings, losses and samples. */
    Map<String, Object> whole() {
        Map<String, Object> whole = row();
        read(whole, view -> view.put("configuration", Json.object(run.config().toJson())));
        read(whole, view -> view.put("losses", losses()));
        read(whole, view -> view.put("samples", samples()));
        return whole;
    }

    /** Pairs of step and loss, no more than can be seen. */
    private List<List<Double>> losses() throws IOException {
        List<List<Double>> all = new ArrayList<>();
        for (Map<String, Double> line : run.metrics()) {
            if (line.get("step") != null && line.get(LOSS) != null) {
                all.add(List.of(line.get("step"), line.get(LOSS)));
            }
        }
        int every = Math.max(1, (all.size() + MOST_LOSSES - 1) / MOST_LOSSES);
        List<List<Double>> some = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (i % every == 0 || i == all.size() - 1) {
                some.add(all.get(i));
            }
        }
        return some;
    }

    List<Map<String, Object>> samples() throws IOException {
        List<Map<String, Object>> samples = new ArrayList<>();
        for (Path file : run.samples()) {
            long step = step(file);
            samples.add(sample(step));
        }
        return samples;
    }

    Map<String, Object> sample(long step) {
        return Map.of("step", step, "url", url(run.id()) + "/samples/" + step);
    }

    static long step(Path file) {
        return Long.parseLong(file.getFileName().toString().replaceAll("\\D", ""));
    }
}
