package org.scorebook.generation;

import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.scorebook.recipe.SamplingPlan;
import org.scorebook.recipe.TrainedModel;

/** A model in memory, and what was found about its tiles. */
final class LoadedModel implements AutoCloseable {
    private final TrainedModel model;
    private final List<Integer> tileSizes;
    private final Map<TileKind, List<Integer>> alike = new HashMap<>();

    /** @param tileSizes numbers of images, rising */
    LoadedModel(TrainedModel model, List<Integer> tileSizes) {
        this.model = model;
        this.tileSizes = tileSizes;
    }

    TrainedModel model() {
        return model;
    }

    /** How many images tiles may have. */
    List<Integer> tileSizes() {
        return tileSizes;
    }

    /** The sizes of tiles in which an image has the same bits at whatever place, with whatever others; none if it has nowhere. */
    List<Integer> alike(TileKind kind, NDManager manager) {
        SamplingPlan plan = kind.plan();
        double guidance = Math.min(2, Math.ceil(plan.guidanceScale())); // 0, 1 and others are computed differently
        SamplingPlan probe = plan.withSteps(Math.min(2, plan.steps())).withGuidance(guidance);
        return alike.computeIfAbsent(
                new TileKind(this, probe, kind.classed()), asked -> PlaceCheck.alike(asked, manager));
    }

    @Override
    public void close() {
        model.close();
    }
}
