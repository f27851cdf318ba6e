package org.scorebook.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scorebook.aten.Torch;
import org.scorebook.bench.SharedWeights;
import org.scorebook.bench.SharedWeights.Values;
import org.scorebook.bench.WorkServer;
import org.scorebook.config.RunConfig;
import org.scorebook.data.ImageBatches;
import org.scorebook.data.Splits;
import org.scorebook.model.NeuralField;
import org.scorebook.recipe.Recipe;

/**
 * One training step of a run with seed 001's network, 7,719,747 parameters and images 3 x 32 x 32, as the command trains it.
 * Arguments: {@code step BATCH}; or {@code weights FILE}, which writes the network with an input and its output for the peer
 * and is ready then.
 */
public final class StepWork {
    private StepWork() {}

    /** Serves steps, or writes weights. */
    public static void main(String[] args) throws IOException {
        boolean steps = args[0].equals("step");
        RunConfig config = RunConfig.preset("cifar-10-simple")
                .with(Map.of("data", "emoji", "batch_size", steps ? Integer.parseInt(args[1]) : 1, "clip_norm", 1));
        Splits splits = Recipe.data(config);
        try (NDManager manager = Torch.manager(0);
                RunTrainer trainer = new RunTrainer(config, splits.train(), manager);
                ImageBatches batches = new ImageBatches(splits.train(), config.batchSize(), 0, config.flip())) {
            if (steps) {
                WorkServer.serve(() -> trainer.step(batches::next, config.lr()));
            } else {
                SharedWeights.write(Path.of(args[1]), shared((NeuralField) trainer.network(), manager));
                WorkServer.serve(() -> {});
            }
        }
    }

    private static Map<String, Values> shared(NeuralField network, NDManager manager) {
        Map<String, Values> arrays = new LinkedHashMap<>();
        NDArray x = manager.randomNormal(new Shape(2, 3, 32, 32));
        NDArray t = manager.create(new float[] {0, 100});
        arrays.put("x", values(x));
        arrays.put("t", values(t));
        arrays.put("y", values(network.at(x, t)));
        network.state().forEach((name, array) -> arrays.put(name, values(array)));
        return arrays;
    }

    private static Values values(NDArray array) {
        return new Values(array.getShape().getShape(), array.toFloatArray());
    }
}
