package org.scorebook.loop;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.scorebook.aten.Torch;
import org.scorebook.capture.CudaGraphs;
import org.scorebook.capture.GraphCapture;
import org.scorebook.capture.GraphCapture.GraphRefused;
import org.scorebook.config.RunConfig;
import org.scorebook.data.ImageSet;
import org.scorebook.feed.ImageBatches;
import org.scorebook.recipe.Recipe;

/**
 * Whether steps of a training that a device repeats as graphs are the same as without: a small network with all that there is in one
 * is trained both ways. A program, because a device that refuses may end the process that asks: the line that it prints is the answer.
 */
final class GraphTrial {
    /** What it prints where they are the same. */
    static final String SAME = "the same";

    private static final int STEPS = 8; // from the fourth on they are repeated
    private static final double RATE = 1e-3;

    /** Of the loss, or of the way that the parameters have gone: libraries may add in another order. */
    private static final double TOLERANCE = 0.02;

    private GraphTrial() {}

    /** @param arguments the precision of the training */
    public static void main(String[] arguments) {
        System.out.println(answer(arguments[0]));
    }

    private static String answer(String precision) {
        try (NDManager manager = Torch.manager(1, Device.gpu())) {
            return fault(manager, precision, CudaGraphs.of(manager.getDevice())).orElse(SAME);
        } catch (GraphRefused | IOException e) {
            return e.getMessage();
        }
    }

    /** Why they cannot be repeated, as one clause. */
    static Optional<String> fault(NDManager manager, String precision, GraphCapture capture) throws IOException {
        RunConfig config = config(precision);
        ImageSet set = Recipe.data(config).train();
        try (Trained plain = new Trained(config, set, manager);
                Trained repeated = new Trained(config, set, manager)) {
            repeated.trainer.repeat(capture);
            Optional<String> fault = differs(plain, repeated);
            if (fault.isEmpty() && !refuses(manager, capture)) {
                return Optional.of("work that asks for a number was recorded all the same");
            }
            return fault.isEmpty()
                    ? differs(plain, repeated).map(after -> after + " after work that was refused")
                    : fault;
        }
    }

    private static RunConfig config(String precision) {
        return RunConfig.defaults()
                .with(Map.of(
                        "data", "emoji", "flip", true, "conditional", true, "batch_size", 4, "precision", precision))
                .with(Map.of("base_channels", 8, "multipliers", "1,2", "attention_resolutions", "16", "groups", 4))
                .with(Map.of("dropout", 0.1, "lr_decay", "constant"));
    }

    private static Optional<String> differs(Trained plain, Trained repeated) {
        for (int i = 0; i < STEPS; i++) {
            double expected = plain.step();
            double found = repeated.step();
            if (!(Math.abs(found - expected) <= TOLERANCE * Math.abs(expected))) {
                return Optional.of("the loss of a step that is repeated is " + found + ", but should be " + expected);
            }
        }
        String obstacle = repeated.trainer.graphObstacle();
        double apart = repeated.distance(plain.trainer.network().state());
        if (obstacle.isEmpty() && !(apart <= TOLERANCE * repeated.distance(repeated.start))) {
            return Optional.of("parameters go another way where steps are repeated");
        }
        return Optional.of(obstacle).filter(reason -> !reason.isEmpty());
    }

    /** The host waits for a number, which no graph can hold. */
    private static boolean refuses(NDManager manager, GraphCapture capture) {
        try (NDArray array = manager.ones(new Shape(2))) {
            capture.capture(() -> new NDList(array.mul(array.sum().getFloat())));
            return false;
        } catch (GraphRefused e) {
            return true;
        }
    }

    private static final class Trained implements AutoCloseable {
        private final RunTrainer trainer;
        private final ImageBatches batches;
        private final NDManager arrays;
        private final Map<String, NDArray> start;

        private Trained(RunConfig config, ImageSet set, NDManager manager) {
            trainer = new RunTrainer(config, set, manager, true);
            batches = new ImageBatches(set, config.batchSize(), config.seed(), config.flip()).on(manager);
            arrays = manager.newSubManager();
            start = new LinkedHashMap<>();
            trainer.network().state().forEach((name, array) -> {
                NDArray copy = array.duplicate();
                copy.attach(arrays);
                start.put(name, copy);
            });
        }

        private double step() {
            return trainer.step(batches::next, RATE);
        }

        private double distance(Map<String, NDArray> others) {
            double sum = 0;
            try (NDManager scratch = arrays.newSubManager()) {
                for (Map.Entry<String, NDArray> mine : trainer.network().state().entrySet()) {
                    NDArray difference = mine.getValue().sub(others.get(mine.getKey()));
                    difference.attach(scratch);
                    sum += difference.abs().sum().getFloat();
                }
            }
            return sum;
        }

        @Override
        public void close() {
            arrays.close();
            batches.close();
            trainer.close();
        }
    }
}
