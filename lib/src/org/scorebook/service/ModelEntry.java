package org.scorebook.service;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scorebook.config.ModelKind;
import org.scorebook.config.RunConfig;
import org.scorebook.config.SamplerKind;
import org.scorebook.folder.ModelSource;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunState;
import org.scorebook.folder.Status;
import org.scorebook.recipe.SamplingPlan;
import org.scorebook.recipe.ShippedModel;
import org.scorebook.train.Checkpoint;
import org.scorebook.train.TrainingState;
import org.scorebook.weights.Safetensors;

/**
 * A trained model that pictures can be drawn from, known without its weights.
 *
 * @param id a run's, or the name of a network that ships
 * @param classNames of the data
 * @param step how long it was trained
 * @param created null for a network that ships
 * @param finished whether it ships, or its training has succeeded
 */
record ModelEntry(
        String id,
        ModelSource source,
        RunConfig config,
        Shape image,
        List<String> classNames,
        long parameters,
        long step,
        Instant created,
        boolean finished) {
    static final String DIFFUSION = "diffusion";
    static final String ENERGY = "energy";

    /** What {@code model_type} can be. */
    static final List<String> TYPES = List.of(DIFFUSION, ENERGY);

    static ModelEntry of(ShippedModel model) {
        return new ModelEntry(
                model.name(),
                new ModelSource.Shipped(model.name()),
                model.config(),
                model.image(),
                model.classNames(),
                model.parameters(),
                model.steps(),
                null,
                true);
    }

    /** Of a run's newest checkpoint; empty where there is none. */
    static Optional<ModelEntry> of(RunDirectory run) throws IOException {
        Optional<Path> folder = run.latestCheckpoint();
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        Checkpoint checkpoint = Checkpoint.open(folder.get());
        TrainingState state = checkpoint.state();
        Status status = run.status();
        return Optional.of(new ModelEntry(
                run.id(),
                new ModelSource.Folder(run.path()),
                run.config(),
                state.image(),
                state.classNames(),
                Safetensors.count(folder.get().resolve(Checkpoint.arraysFile(Checkpoint.AVERAGE))),
                checkpoint.step(),
                status.created(),
                status.state() == RunState.SUCCEEDED));
    }

    /** {@code energy}, or {@code diffusion} for all that remove noise. */
    String type() {
        return config.model().isEnergy() ? ENERGY : DIFFUSION;
    }

    /** How many classes it knows, 0 for none. */
    int classes() {
        return config.conditional() ? classNames.size() : 0;
    }

    /** Whether the guidance scale means something. */
    boolean isGuidable() {
        return classes() > 0 && !config.model().isEnergy();
    }

    ModelKind kind() {
        return config.objective().kind();
    }

    /** What {@code GET /models} says of it. */
    Map<String, Object> row() {
        SamplingPlan plan = SamplingPlan.of(config);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("model_type", type());
        row.put("data", config.data());
        row.put("image", image.getShape());
        row.put("classes", classes() > 0 ? classNames : List.of());
        row.put("parameters", parameters);
        row.put("steps_trained", step);
        row.put("sampler", plan.sampler().key());
        row.put("samplers", samplers());
        row.put("sampling_steps", plan.steps());
        row.put("guidance_scale", plan.guidanceScale());
        row.put("guidable", isGuidable());
        row.put("shipped", created == null);
        row.put("finished", finished);
        row.put("created", created);
        return row;
    }

    private List<Map<String, Object>> samplers() {
        return Arrays.stream(SamplerKind.values())
                .filter(sampler -> sampler.fits().contains(kind()))
                .map(this::sampler)
                .toList();
    }

    private Map<String, Object> sampler(SamplerKind sampler) {
        SamplingPlan plan = SamplingPlan.of(config).withSampler(sampler, config);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", sampler.key());
        row.put("help", sampler.help());
        row.put("usual_steps", plan.steps());
        row.put("max_steps", mostSteps());
        return row;
    }

    /** As many steps as a request may ask for. */
    int mostSteps() {
        return kind() == ModelKind.DIFFUSION
                ? Math.min(config.timesteps(), GenerationFields.MOST_STEPS)
                : GenerationFields.MOST_STEPS;
    }
}
