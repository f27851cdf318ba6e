package org.scorebook.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.scorebook.aten.Torch;
import org.scorebook.bench.SharedWeights;
import org.scorebook.bench.SharedWeights.Values;
import org.scorebook.bench.WorkServer;
import org.scorebook.capture.CudaGraphs;
import org.scorebook.capture.GraphCapture.GraphRefused;
import org.scorebook.config.RunConfig;
import org.scorebook.data.Splits;
import org.scorebook.feed.ImageBatches;
import org.scorebook.machine.Devices;
import org.scorebook.model.NeuralField;
import org.scorebook.recipe.Recipe;
import org.scorebook.train.Checkpoint;

/**
 * A run on images 3 x 32 x 32, as the commands train and sample it. Arguments: a device, a precision; then
 *
 * <ul>
 *   <li>{@code step BATCH}: a training step of seed 001's network, 7,719,747 parameters;
 *   <li>{@code steps BATCH NUMBER}: so many of them, as a run takes them between two looks;
 *   <li>{@code energy BATCH}: one of the energy of the preset {@code ebm-cifar-10};
 *   <li>{@code forward IMAGES}: the network once, without gradients;
 *   <li>{@code draw IMAGES}: 50 steps of DDIM;
 *   <li>{@code resume BATCH}: some steps, a checkpoint, and as many; those from that checkpoint must have the same losses;
 *   <li>{@code weights FILE}: writes the network with an input and its output for the peer, and is ready then.
 * </ul>
 */
public final class StepWork {
    private static final int RESUMED = 6; // on a GPU the fourth is the first that is repeated as a graph

    private final RunConfig config;
    private final Splits splits;
    private final NDManager manager;
    private final Optional<CudaGraphs> graphs;

    private StepWork(RunConfig config, NDManager manager) throws IOException {
        this.config = config;
        this.manager = manager;
        splits = Recipe.data(config);
        graphs = graphs(manager, config.precision().key());
    }

    /** Serves one of these. */
    public static void main(String[] args) throws IOException {
        String what = args[2];
        boolean weights = what.equals("weights");
        int size = weights ? 1 : Integer.parseInt(args[3]);
        Map<String, Object> settings = Map.of("data", "emoji", "batch_size", size, "precision", args[1]);
        RunConfig config = what.equals("energy")
                ? RunConfig.preset("ebm-cifar-10").with(settings)
                : RunConfig.preset("cifar-10-simple")
                        .with(settings)
                        .with(Map.of("clip_norm", 1, "sampler", "ddim", "sample_steps", 50));
        try (NDManager manager = Torch.manager(0, Devices.resolve(args[0]))) {
            StepWork work = new StepWork(config, manager);
            if (weights) {
                work.write(Path.of(args[3]));
            } else if (what.equals("resume")) {
                WorkServer.serve(work::resume);
            } else {
                work.serve(what, args.length > 4 ? Integer.parseInt(args[4]) : 1);
            }
        }
    }

    /** One that takes its steps as graphs, where a run's would. */
    private RunTrainer trainer() throws IOException {
        RunTrainer trainer = new RunTrainer(config, splits.train(), manager);
        graphs.ifPresent(trainer::repeat);
        return trainer;
    }

    private static Optional<CudaGraphs> graphs(NDManager manager, String precision) throws IOException {
        if (!manager.getDevice().isGpu()) {
            return Optional.empty();
        }
        try {
            CudaGraphs graphs = CudaGraphs.of(manager.getDevice());
            Optional<String> fault = GraphTrial.fault(manager, precision, graphs);
            fault.ifPresent(StepWork::tell);
            return fault.isEmpty() ? Optional.of(graphs) : Optional.empty();
        } catch (GraphRefused e) {
            tell(e.getMessage());
            return Optional.empty();
        }
    }

    private static void tell(String obstacle) {
        System.err.println("steps are not repeated as CUDA graphs: " + obstacle);
    }

    private ImageBatches batches() {
        ImageBatches batches = new ImageBatches(splits.train(), config.batchSize(), 0, config.flip());
        return manager.getDevice().isGpu() ? batches.on(manager) : batches;
    }

    private void serve(String what, int number) throws IOException {
        try (RunTrainer trainer = trainer();
                ImageBatches batches = batches()) {
            WorkServer.serve(
                    switch (what) {
                        case "draw" -> () -> draw(trainer);
                        case "steps" -> () -> steps(trainer, batches, number);
                        case "forward" -> () -> forward((NeuralField) trainer.network());
                        default -> () -> trainer.step(batches::next, config.lr());
                    });
        }
    }

    /** Until the numbers are on the host. */
    private void draw(RunTrainer trainer) {
        try (NDManager arrays = manager.newSubManager()) {
            trainer.draw(arrays, new int[config.batchSize()]).toFloatArray();
        }
    }

    private void forward(NeuralField network) {
        try (NDManager arrays = manager.newSubManager()) {
            NDArray x = arrays.ones(new Shape(config.batchSize(), 3, 32, 32));
            network.at(x, arrays.ones(new Shape(1))).toFloatArray();
        }
    }

    private void resume() {
        try (RunTrainer first = trainer();
                RunTrainer second = trainer();
                ImageBatches batches = batches();
                ImageBatches again = batches()) {
            steps(first, batches, RESUMED);
            Path folder = Files.createTempDirectory("scorebook");
            first.save(folder);
            steps(second, again, RESUMED); // the same batches pass
            second.restore(Checkpoint.list(folder).get(0));
            delete(folder);
            List<Double> losses = steps(first, batches, RESUMED);
            List<Double> resumed = steps(second, again, RESUMED);
            if (!losses.equals(resumed)) {
                throw new IllegalStateException("losses after a checkpoint are " + resumed + ", and without " + losses);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Double> steps(RunTrainer trainer, ImageBatches batches, int number) {
        List<Double> losses = new ArrayList<>();
        while (losses.size() < number) {
            double[] rates = new double[trainer.runsAhead() ? number - losses.size() : 1];
            Arrays.fill(rates, config.lr());
            Arrays.stream(trainer.steps(batches::next, rates)).forEach(losses::add);
        }
        return losses;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void write(Path file) throws IOException {
        try (RunTrainer trainer = trainer()) {
            SharedWeights.write(file, shared((NeuralField) trainer.network()));
            WorkServer.serve(() -> {});
        }
    }

    private Map<String, Values> shared(NeuralField network) {
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
