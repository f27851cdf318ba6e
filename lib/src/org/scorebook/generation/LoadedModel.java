package org.scorebook.generation;

import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.Map;
import org.scorebook.recipe.SamplingPlan;
import org.scorebook.recipe.TrainedModel;

/** A model in memory, and what was found about its tiles. */
final class LoadedModel implements AutoCloseable {
    private final TrainedModel model;
    private final int tileSize;
    private final Map<TileKind, Boolean> sharing = new HashMap<>();

    LoadedModel(TrainedModel model, int tileSize) {
        this.model = model;
        this.tileSize = tileSize;
    }

    TrainedModel model() {
        return model;
    }

    /** Images in a tile. */
    int tileSize() {
        return tileSize;
    }

    /** Whether orders may share tiles: whether an image has the same bits at whatever place, with whatever others. */
    boolean isShareable(TileKind kind, NDManager manager) {
        SamplingPlan plan = kind.plan();
        double guidance = Math.min(2, Math.ceil(plan.guidanceScale())); // 0, 1 and others are computed differently
        SamplingPlan probe = plan.withSteps(Math.min(2, plan.steps())).withGuidance(guidance);
        return sharing.computeIfAbsent(
                new TileKind(this, probe, kind.classed()), asked -> PlaceCheck.passes(asked, manager));
    }

    @Override
    public void close() {
        model.close();
    }
}
