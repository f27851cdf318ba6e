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
 * A run with seed 001's network, 7,719,747 parameters and images 3 x 32 x 32, as the commands train and sample it. Arguments:
 * {@code step BATCH}, a training step; {@code draw IMAGES}, 50 steps of DDIM; {@code forward IMAGES}, the network once; or
 * {@code weights FILE}, which writes the network with an input and its output for the peer and is ready then.
 */
public final class StepWork {
    private StepWork() {}

    /** Serves one of these. */
    public static void main(String[] args) throws IOException {
        int size = args[0].equals("weights") ? 1 : Integer.parseInt(args[1]);
        RunConfig config = RunConfig.preset("cifar-10-simple")
                .with(Map.of(
                        "data", "emoji", "batch_size", size, "clip_norm", 1, "sampler", "ddim", "sample_steps", 50));
        Splits splits = Recipe.data(config);
        try (NDManager manager = Torch.manager(0);
                RunTrainer trainer = new RunTrainer(config, splits.train(), manager);
                ImageBatches batches = new ImageBatches(splits.train(), config.batchSize(), 0, config.flip())) {
            NeuralField network = (NeuralField) trainer.network();
            switch (args[0]) {
                case "step" -> WorkServer.serve(() -> trainer.step(batches::next, config.lr()));
                case "draw" -> WorkServer.serve(() -> draw(trainer, size));
                case "forward" -> WorkServer.serve(() -> forward(network, manager, size));
                default -> {
                    SharedWeights.write(Path.of(args[1]), shared(network, manager));
                    WorkServer.serve(() -> {});
                }
            }
        }
    }

    private static void draw(RunTrainer trainer, int images) {
        try (NDManager arrays = trainer.manager().newSubManager()) {
            trainer.draw(arrays, new int[images]);
        }
    }

    private static void forward(NeuralField network, NDManager manager, int images) {
        try (NDManager arrays = manager.newSubManager()) {
            network.at(arrays.ones(new Shape(images, 3, 32, 32)), arrays.ones(new Shape(1)));
        }
    }

    private static Map<String, Values> shared(NeuralField network, NDManager manager) {
        Map<String, Values> arrays = new LinkedHashMap<>();
        NDArray x = manager.randomNormal(new Shape(2, 3, 32, 32));
        NDArray t = manager.create(new float[] {0, 100});
        arrays.put("x", Values.of(x));
        arrays.put("t", Values.of(t));
        arrays.put("y", Values.of(network.at(x, t)));
        network.state().forEach((name, array) -> arrays.put(name, Values.of(array)));
        return arrays;
    }
}
