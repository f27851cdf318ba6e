package org.scorebook.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scorebook.aten.Torch;
import org.scorebook.bench.SharedWeights.Values;
import org.scorebook.model.NeuralField;
import org.scorebook.model.TimeNet;
import org.scorebook.process.DiscreteSchedule;
import org.scorebook.process.LinearBetas;
import org.scorebook.score.Parameterization;
import org.scorebook.toy.SwissRoll;
import org.scorebook.train.Batches;
import org.scorebook.train.DenoisingScoreMatching;
import org.scorebook.train.LearningRate;
import org.scorebook.train.Trainer;

/**
 * The training of notebook 4 on points of the plane: a network of 3 hidden layers of 256 units, batches of 128. Arguments:
 * {@code step N}, as many steps a turn; or {@code weights FILE}, which writes the network with an input and its output, and the data,
 * for the peer and is ready then.
 */
final class ToyWork {
    static final double RATE = 2e-3;

    private ToyWork() {}

    /** Serves one of these. */
    public static void main(String[] args) throws IOException {
        try (NDManager manager = Torch.manager(4)) {
            NDArray data = new SwissRoll().standardized(2).sample(manager, 2048, 1);
            NeuralField network = new NeuralField(new TimeNet(2, 256, 256, 256), manager, new Shape(2));
            if (args[0].equals("weights")) {
                SharedWeights.write(Path.of(args[1]), shared(network, data, manager));
                WorkServer.serve(() -> {});
                return;
            }
            var schedule = new DiscreteSchedule(new LinearBetas(1000, 1e-4, 0.02));
            var loss = DenoisingScoreMatching.ddpm(schedule, Parameterization.NOISE);
            int steps = Integer.parseInt(args[1]);
            try (Trainer trainer = new Trainer(network, loss, Batches.from(data), 128, 1)) {
                trainer.learningRate(LearningRate.constant(RATE));
                WorkServer.serve(() -> trainer.run(steps));
            }
        }
    }

    private static Map<String, Values> shared(NeuralField network, NDArray data, NDManager manager) {
        NDArray t = manager.create(new float[] {1, 500});
        NDArray x = data.get("0:2");
        Map<String, Values> arrays = new LinkedHashMap<>();
        arrays.put("data", Values.of(data));
        arrays.put("x", Values.of(x));
        arrays.put("t", Values.of(t));
        arrays.put("y", Values.of(network.at(x, t)));
        network.state().forEach((name, array) -> arrays.put(name, Values.of(array)));
        return arrays;
    }
}
