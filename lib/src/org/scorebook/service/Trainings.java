package org.scorebook.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebook.base.Names;
import org.scorebook.config.RunConfig;
import org.scorebook.config.RunSetting;
import org.scorebook.folder.RunDirectory;
import org.scorebook.http.FieldError;
import org.scorebook.http.Problem;
import org.scorebook.http.RequestBody;
import org.scorebook.http.RequestField;
import org.scorebook.run.TrainingJob;

/** Starts trainings in processes of their own, which go on when the service ends, and finds those that are there. */
final class Trainings {
    private static final String TYPE = GenerationFields.MODEL_TYPE;
    private static final String PRESET = "preset";
    private static final String DATA_DIR = "data_dir";
    private static final int MOST_OPEN = 16;

    /** Colour pictures of 32 x 32 that need no download. */
    private static final Map<String, String> USUAL =
            Map.of(ModelEntry.DIFFUSION, "emoji-cpu", ModelEntry.ENERGY, "ebm-emoji");

    private final Path runs;
    private final Path data;

    Trainings(ServiceSettings settings) {
        runs = settings.runs();
        data = settings.data();
    }

    /** The fields of {@code POST /train}. */
    static List<RequestField> fields() {
        List<RequestField> fields = new ArrayList<>();
        fields.add(RequestField.choice(TYPE, "what to train; default: what the preset trains", ModelEntry.TYPES, null));
        fields.add(RequestField.choice(
                PRESET,
                "the settings to start from; default: " + USUAL.get(ModelEntry.DIFFUSION) + ", or for an energy "
                        + USUAL.get(ModelEntry.ENERGY),
                List.copyOf(RunConfig.presets().keySet()),
                null));
        RunConfig.settings().forEach(setting -> fields.add(RequestField.setting(setting)));
        return fields;
    }

    /** Starts one. */
    TrainingJob start(RequestBody body) throws IOException {
        Map<String, Object> given = body.given();
        String type = (String) given.remove(TYPE);
        String preset = (String) given.remove(PRESET);
        RunConfig start =
                RunConfig.preset(preset == null ? USUAL.get(type == null ? ModelEntry.DIFFUSION : type) : preset);
        resolve(given);
        RunConfig config = config(start, given);
        String made = config.model().isEnergy() ? ModelEntry.ENERGY : ModelEntry.DIFFUSION;
        if (type != null && !made.equals(type)) {
            throw Problem.field(TYPE, type, made + ", which is what these settings train, or another preset");
        }
        if (TrainingJob.list(runs).stream().filter(Trainings::isOpen).count() >= MOST_OPEN) {
            throw Problem.unavailable(Problem.Outage.BUSY, MOST_OPEN + " trainings are running or waiting already");
        }
        return start(config);
    }

    private TrainingJob start(RunConfig config) throws IOException {
        try {
            return TrainingJob.start(config, runs);
        } catch (IllegalArgumentException e) {
            throw Problem.of(422, "Wrong settings", e.getMessage());
        }
    }

    private static boolean isOpen(TrainingJob job) {
        try {
            return job.status().state().isOpen();
        } catch (IOException e) {
            return false; // a damaged one does not run on
        }
    }

    private static RunConfig config(RunConfig start, Map<String, Object> given) {
        List<FieldError> errors = new ArrayList<>();
        for (RunSetting setting : RunConfig.settings()) {
            if (given.containsKey(setting.key())) {
                check(setting, given.get(setting.key()), errors);
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.fields(errors);
        }
        try {
            return start.with(given);
        } catch (IllegalArgumentException e) {
            throw Problem.of(422, "Settings that do not fit each other", e.getMessage());
        }
    }

    private static void check(RunSetting setting, Object value, List<FieldError> errors) {
        try {
            setting.check(value);
        } catch (IllegalArgumentException e) {
            String right = e.getMessage().replaceFirst("^.* must be ", "").replaceFirst(", but is .*", "");
            errors.add(new FieldError(setting.key(), String.valueOf(value), right));
        }
    }

    /** A folder of pictures is one below the folder that the service was told of, and no other. */
    private void resolve(Map<String, Object> given) throws IOException {
        Object asked = given.get(DATA_DIR);
        if (asked == null) {
            return;
        }
        if (data == null) {
            throw Problem.field(DATA_DIR, asked, "left out, for this service was started without --data-root");
        }
        Path root = data.toRealPath();
        Path folder;
        try {
            folder = root.resolve(asked.toString());
        } catch (InvalidPathException e) {
            throw Problem.field(DATA_DIR, asked, "a folder below the service's data root");
        }
        if (!Files.isDirectory(folder) || !folder.toRealPath().startsWith(root)) {
            throw Problem.field(DATA_DIR, asked, "a folder below the service's data root");
        }
        given.put(DATA_DIR, folder.toRealPath().toString());
    }

    /** All, the newest first. */
    List<Map<String, Object>> rows() throws IOException {
        return TrainingJob.list(runs).stream()
                .map(job -> new JobView(job.directory()).row())
                .toList();
    }

    /**
     * The training of an ID, which is compared and never opened as a path.
     *
     * @throws Problem where there is none
     */
    TrainingJob find(String id) throws IOException {
        List<TrainingJob> all = TrainingJob.list(runs);
        return all.stream()
                .filter(job -> job.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("there is no training " + id
                        + Names.hint(
                                id, all.stream().limit(5).map(TrainingJob::id).toList())));
    }

    /** @throws Problem where there is none of this step */
    byte[] sample(RunDirectory run, String step) throws IOException {
        for (Path file : run.samples()) {
            if (Long.toString(JobView.step(file)).equals(step)) {
                return Files.readAllBytes(file);
            }
        }
        throw Problem.notFound("training " + run.id() + " has no samples of step " + step);
    }

    /** The presets, and what each is for. */
    static List<Map<String, Object>> presets() {
        List<Map<String, Object>> rows = new ArrayList<>();
        RunConfig.presets().forEach((name, help) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", name);
            row.put("help", help);
            row.put(TYPE, RunConfig.preset(name).model().isEnergy() ? ModelEntry.ENERGY : ModelEntry.DIFFUSION);
            rows.add(row);
        });
        return rows;
    }
}
