package org.scorebook.sweep;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import org.scorebook.aten.Torch;
import org.scorebook.config.RunConfig;
import org.scorebook.data.Splits;
import org.scorebook.evaluate.FeatureCache;
import org.scorebook.evaluate.ModelEvaluation;
import org.scorebook.folder.RunDirectory;
import org.scorebook.machine.Devices;
import org.scorebook.metric.FeatureExtractor;
import org.scorebook.recipe.ProgressListener;
import org.scorebook.recipe.Recipe;
import org.scorebook.recipe.SamplingPlan;
import org.scorebook.recipe.TrainedModel;

/** What {@code scorebook evaluate} does for a run without options but its number of images. */
final class RunEvaluation {
    private static final int BATCH = 64;
    private static final int REFERENCE = 10_000;

    private RunEvaluation() {}

    /** Draws, measures and writes the run's {@code evaluation.json}; one at a time in a process. */
    static synchronized void write(RunDirectory run, int images) throws IOException {
        RunConfig config = run.config();
        try (NDManager manager = Torch.manager(0, Devices.resolve(config.device()));
                TrainedModel model = TrainedModel.load(run.path(), manager, remark -> {})) {
            Splits splits = Recipe.data(config);
            FeatureExtractor extractor =
                    FeatureCache.ofThisUser().features(splits, config.data(), 0, manager, ProgressListener.SILENT);
            run.writeEvaluation(new ModelEvaluation(SamplingPlan.of(model.config()), images, BATCH, "test", REFERENCE)
                    .run(model, splits, extractor, manager, ProgressListener.SILENT));
        }
    }
}
