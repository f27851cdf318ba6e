package org.scorebook.bench;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.scorebook.aten.ConvolutionRoof;
import org.scorebook.loop.StepWork;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code bench}: prints a table of how fast the library is beside its peer, and writes it as JSON. */
@Command(
        name = "environment/scorebook bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measure how fast the library is. Two processes take turns, ours and another's, and each pair of turns gives a"
                    + " ratio: the table has its median and, in brackets, the least and the greatest.",
            "train-step: a step of a U-Net of 7,719,747 parameters on images 3 x 32 x 32, beside the same network with"
                    + " JavaCPP's PyTorch; of roof: the time that the step's convolutions take alone, as a share of the step."
        })
public final class Bench implements Callable<Integer> {
    private static final String PEER = "org.scorebook.peer.PeerWork";
    private static final int WARMUPS = 2;

    @Option(names = "--only", paramLabel = "NAME", description = "train-step-16 or train-step-64 (default: all)")
    private String only;

    @Option(names = "--pairs", paramLabel = "N", defaultValue = "9", description = "pairs of turns (default: 9)")
    private int pairs;

    @Option(names = "--json", paramLabel = "FILE", description = "also write the figures there")
    private Path json;

    /** One that can be asked for. */
    @FunctionalInterface
    private interface Benchmark {
        Figure run(String name) throws IOException;
    }

    private final Map<String, Benchmark> benchmarks = new LinkedHashMap<>();

    private Bench() {
        for (int batch : List.of(16, 64)) {
            benchmarks.put("train-step-" + batch, name -> trainStep(name, batch));
        }
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
        if (only != null && !benchmarks.containsKey(only)) {
            throw new IllegalArgumentException(
                    "--only must be one of " + String.join(", ", benchmarks.keySet()) + ", but is " + only);
        }
        System.out.println(Figure.HEADER);
        Map<String, Map<String, Number>> figures = new LinkedHashMap<>();
        for (Map.Entry<String, Benchmark> benchmark : benchmarks.entrySet()) {
            String name = benchmark.getKey();
            if (only == null || only.equals(name)) {
                Figure figure = benchmark.getValue().run(name);
                System.out.println(figure.row());
                figures.put(name, figure.values());
            }
        }
        if (json != null) {
            Files.writeString(
                    json, new GsonBuilder().setPrettyPrinting().create().toJson(figures) + "\n");
        }
        return 0;
    }

    private Figure trainStep(String name, int batch) throws IOException {
        Path weights = Files.createTempFile("scorebook", ".weights");
        try {
            writeWeights(weights);
            String size = Integer.toString(batch);
            try (WorkProcess ours = new WorkProcess(StepWork.class, "step", size);
                    WorkProcess peer = new WorkProcess(peer(), weights.toString(), size)) {
                Pairs steps = Pairs.of(ours, peer, WARMUPS, pairs);
                long[] memory = {ours.memory(), peer.memory()};
                return new Figure(name, steps, "JavaCPP", batch, 1, roof(ours, size), memory);
            }
        } finally {
            Files.delete(weights);
        }
    }

    private static void writeWeights(Path file) throws IOException {
        new WorkProcess(StepWork.class, "weights", file.toString()).close();
    }

    private static Class<?> peer() {
        try {
            return Class.forName(PEER);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "the peer is not on the class path: start with environment/scorebook bench", e);
        }
    }

    /** In turn with our steps too, since a machine's speed changes with what else it does. */
    private double roof(WorkProcess ours, String batch) throws IOException {
        try (WorkProcess convolutions = new WorkProcess(ConvolutionRoof.class, batch)) {
            return Pairs.median(Pairs.of(ours, convolutions, 1, pairs).others());
        }
    }
}
