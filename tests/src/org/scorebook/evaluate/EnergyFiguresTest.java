package org.scorebook.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.Seeded;
import org.scorebook.aten.Torch;
import org.scorebook.data.ImageSet;
import org.scorebook.data.ImageSets;
import org.scorebook.data.MissingData;
import org.scorebook.data.Splits;
import org.scorebook.folder.RunDirectory;
import org.scorebook.loop.SmallRuns;
import org.scorebook.recipe.Recipe;
import org.scorebook.recipe.SamplingPlan;
import org.scorebook.recipe.TrainedModel;

class EnergyFiguresTest {
    /** Of a very small energy of the built-in emoji, which classifies too. */
    @Test
    void eachFigureIsAShare(@TempDir Path runs, @Seeded(9) NDManager manager) throws IOException {
        RunDirectory directory = SmallRuns.run(SmallRuns.energy().with("epochs", 1), runs);
        try (TrainedModel model = TrainedModel.load(directory.path(), manager)) {
            Splits splits = Recipe.data(model.config());
            Map<String, Double> figures = EnergyFigures.of(model, splits.test(), manager);
            assertEquals(List.of("auroc_noise", "auroc_shuffled", "accuracy"), List.copyOf(figures.keySet()));
            figures.values().forEach(value -> assertTrue(value >= 0 && value <= 1, figures.toString()));
        }
    }

    @Test
    void theShippedEnergyKnowsClothes(@Seeded(9) NDManager manager) throws IOException {
        try (TrainedModel model = TrainedModel.pretrained("ebm-fashion-mnist", manager)) {
            assertEquals(130_305, model.energy().size());
            NDArray drawn = model.draw(SamplingPlan.of(model.config()), manager, new int[8]);
            NDArray noise = manager.randomUniform(-1, 1, drawn.getShape());
            float highest =
                    Torch.untracked(() -> model.energy().energy(drawn).max()).getFloat();
            float lowest =
                    Torch.untracked(() -> model.energy().energy(noise).min()).getFloat();
            assertTrue(highest < lowest, highest + " and " + lowest);
            Map<String, Double> figures = EnergyFigures.of(model, clothes(), manager);
            assertTrue(figures.get("auroc_noise") > 0.99, figures.toString());
            assertTrue(figures.get("auroc_emoji") > 0.9, figures.toString());
            assertTrue(figures.get("auroc_shuffled") > 0.9, figures.toString());
        }
    }

    /** Skips where they cannot be had. */
    private static ImageSet clothes() throws IOException {
        try {
            return ImageSets.load("fashion-mnist").test();
        } catch (MissingData e) {
            return Assumptions.abort(e.getMessage());
        }
    }
}
