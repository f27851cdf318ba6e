package org.scorebook.bench;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.scorebook.aten.ConvolutionRoof;
import org.scorebook.config.RunConfig;
import org.scorebook.loop.StepWork;
import org.scorebook.machine.Devices;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code bench}: prints a table of how fast the library is beside its peer, and writes it as JSON. */
@Command(
        name = "environment/scorebook bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measure how fast the library is. Two processes take turns, ours and JavaCPP's PyTorch with the same network, and"
                    + " each pair of turns gives a ratio: the table has its median and, in brackets, the least and the greatest.",
            "train-step-16, -64: a training step of a U-Net of 7,719,747 parameters on so many images 3 x 32 x 32; of roof: the time"
                    + " that the step's convolutions take alone, as a share of the step. sample-ddim-50: 16 images drawn from it in"
                    + " 50 steps. toy-step: a training step of notebook 4. micro: single calls, alone.",
            "--device cuda: train-step-128, sample-ddim-50 of 64 images, energy-step-64 of the preset ebm-cifar-10 and resume, which"
                    + " fails where steps after a checkpoint have other losses; all alone, for the peer has no CUDA."
                    + " tests/bench/torch_steps.py measures Python's PyTorch beside it."
        })
public final class Bench implements Callable<Integer> {
    private static final String PEER = "org.scorebook.peer.PeerWork";
    private static final String TOY_PEER = "org.scorebook.peer.PeerToy";
    private static final String MICRO = "org.scorebook.bench.JmhMicro";
    private static final String OTHER = "JavaCPP";
    private static final int WARMUPS = 2;
    private static final int DRAWING_PAIRS = 5;
    private static final int TOY_STEPS = 200;
    private static final int STEPS_AHEAD = 20; // which a run begins on a GPU before it looks at their losses

    @Option(names = "--only", paramLabel = "NAME", description = "one of those below (default: all of the device)")
    private String only;

    @Option(names = "--pairs", paramLabel = "N", defaultValue = "9", description = "pairs of turns (default: 9)")
    private int pairs;

    @Option(names = "--json", paramLabel = "FILE", description = "also write the figures there")
    private Path json;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "cpu or, on a machine that has one, cuda (default: cpu)")
    private String device;

    @Option(
            names = "--precision",
            paramLabel = "P",
            defaultValue = "auto",
            description = "of our training steps: float32, bf16 or, as in a run, auto (default: auto)")
    private String precision;

    /** One that can be asked for. */
    @FunctionalInterface
    private interface Benchmark {
        List<Figure> run(String name) throws IOException;
    }

    private Bench() {}

    private Map<String, Benchmark> benchmarks() {
        Map<String, Benchmark> benchmarks = new LinkedHashMap<>();
        if (device.equals("cpu")) {
            benchmarks.put("train-step-16", name -> trainStep(name, 16));
            benchmarks.put("train-step-64", name -> trainStep(name, 64));
            benchmarks.put("sample-ddim-50", name -> sample(name, 16));
            benchmarks.put("toy-step", this::toyStep);
            benchmarks.put("micro", name -> micro());
        } else {
            benchmarks.put("train-step-128", name -> alone(name, 128 * STEPS_AHEAD, STEPS_AHEAD, "steps", 128));
            benchmarks.put("sample-ddim-50", name -> alone(name, 64, 50, "draw", 64));
            benchmarks.put("energy-step-64", name -> alone(name, 64, 1, "energy", 64));
            benchmarks.put("resume", name -> alone(name, 16 * 8, 8, "resume", 16));
        }
        return benchmarks;
    }

    /** Runs it. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Bench());
        line.setExecutionExceptionHandler((e, command, result) -> {
            command.getErr().println("scorebook: " + e.getMessage());
            return 2;
        });
        System.exit(line.execute(args));
    }

    @Override
    public Integer call() throws IOException {
        if (!device.equals("cpu")) {
            Devices.resolve(device); // refuses one that is not there
        }
        RunConfig.defaults().with("precision", precision); // refuses another
        Map<String, Benchmark> benchmarks = benchmarks();
        if (only != null && !benchmarks.containsKey(only)) {
            throw new IllegalArgumentException(
                    "--only must be one of " + String.join(", ", benchmarks.keySet()) + ", but is " + only);
        }
        System.out.println(Figure.HEADER);
        Map<String, Map<String, Number>> figures = new LinkedHashMap<>();
        for (Map.Entry<String, Benchmark> benchmark : benchmarks.entrySet()) {
            if (only == null || only.equals(benchmark.getKey())) {
                for (Figure figure : benchmark.getValue().run(benchmark.getKey())) {
                    System.out.println(figure.row());
                    figures.put(figure.name(), figure.values());
                }
            }
        }
        if (json != null) {
            Files.writeString(
                    json, new GsonBuilder().setPrettyPrinting().create().toJson(figures) + "\n");
        }
        return 0;
    }

    private List<Figure> trainStep(String name, int batch) throws IOException {
        Path weights = weights(StepWork.class, device, "float32", "weights");
        String size = Integer.toString(batch);
        try (WorkProcess ours = WorkProcess.ofTraining(StepWork.class, device, precision, "step", size);
                WorkProcess peer = new WorkProcess(peer(PEER), weights.toString(), "step", size)) {
            Turns turns = Turns.of(ours, peer, WARMUPS, pairs);
            return List.of(turns.figure(precise(name), OTHER, batch, 1, roof(ours, size)));
        } finally {
            Files.delete(weights);
        }
    }

    private List<Figure> sample(String name, int images) throws IOException {
        Path weights = weights(StepWork.class, device, "float32", "weights");
        String size = Integer.toString(images);
        try (WorkProcess ours = new WorkProcess(StepWork.class, device, precision, "draw", size);
                WorkProcess peer = new WorkProcess(peer(PEER), weights.toString(), "draw", size)) {
            Turns turns = Turns.of(ours, peer, 1, Math.min(pairs, DRAWING_PAIRS));
            return List.of(turns.figure(name, OTHER, images, 50, Double.NaN));
        } finally {
            Files.delete(weights);
        }
    }

    private List<Figure> toyStep(String name) throws IOException {
        Path weights = weights(ToyWork.class, "weights");
        String steps = Integer.toString(TOY_STEPS);
        try (WorkProcess ours = new WorkProcess(ToyWork.class, "step", steps);
                WorkProcess peer = new WorkProcess(peer(TOY_PEER), weights.toString(), steps)) {
            return List.of(Turns.of(ours, peer, WARMUPS, pairs).figure(name, OTHER, 0, TOY_STEPS, Double.NaN));
        } finally {
            Files.delete(weights);
        }
    }

    private List<Figure> alone(String name, int images, int steps, String work, int batch) throws IOException {
        String[] numbers = {Integer.toString(batch), Integer.toString(steps)};
        try (WorkProcess ours = new WorkProcess(StepWork.class, device, precision, work, numbers[0], numbers[1])) {
            String shown = work.equals("draw") ? name : precise(name);
            return List.of(Turns.alone(ours, WARMUPS, pairs).figure(shown, "", images, steps, Double.NaN));
        }
    }

    private String precise(String name) {
        return precision.equals("auto") ? name : name + "-" + precision;
    }

    /** Writes a network with an input and its output into a file of its own. */
    private static Path weights(Class<?> main, String... arguments) throws IOException {
        Path file = Files.createTempFile("scorebook", ".weights");
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = file.toString();
        new WorkProcess(main, all).close();
        return file;
    }

    private static Class<?> peer(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    name + " is not on the class path: start with environment/scorebook bench", e);
        }
    }

    /** In turn with our steps too, since a machine's speed changes with what else it does. */
    private double roof(WorkProcess ours, String batch) throws IOException {
        try (WorkProcess convolutions = WorkProcess.ofTraining(ConvolutionRoof.class, batch, precision)) {
            return Pairs.median(Pairs.of(ours, convolutions, 1, pairs).others());
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Figure> micro() {
        try {
            return (List<Figure>) peer(MICRO).getDeclaredMethod("figures").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e.getCause() == null ? e : e.getCause());
        }
    }
}
