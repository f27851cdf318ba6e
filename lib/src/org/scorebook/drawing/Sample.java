package org.scorebook.drawing;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.scorebook.folder.ModelSource;
import org.scorebook.recipe.ClassLabels;
import org.scorebook.recipe.Drawing;
import org.scorebook.recipe.DrawingKey;
import org.scorebook.recipe.SamplingPlan;
import org.scorebook.recipe.Shard;
import org.scorebook.recipe.TrainedModel;
import org.scorebook.terminal.WorkBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code scorebook sample}. */
@Command(
        name = "sample",
        description = "Draw images from a trained model, into one grid or into single files.",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} sample latest",
            "  ${ROOT-COMMAND-NAME} sample fashion-mnist --classes bag --number 16",
            "  ${ROOT-COMMAND-NAME} sample fashion-mnist-cpu --classes bag,sneaker --number 16 --guidance-scale 3",
            "  ${ROOT-COMMAND-NAME} sample runs/ID/checkpoints/step-00001000 --sampler ddim --steps 20 --output-dir images",
            "  ${ROOT-COMMAND-NAME} sample latest --number 50000 --output-dir images --shard $SLURM_ARRAY_TASK_ID/8",
            "",
            "An image depends on seed and number, not on the batch size, but for rounding; with one batch size and one kind of"
                    + " processor its bytes are the same from however many shards. A shard that is started again draws what"
                    + " is missing.",
            "Exit code: 0 drawn; 1 failed; 2 wrong command line."
        })
public final class Sample implements Callable<Integer> {
    @Mixin
    private DrawOptions options;

    @Option(
            names = {"-n", "--number", "--num-samples"},
            paramLabel = "N",
            description = "how many images (default: 64)")
    private int number = 64;

    @Option(
            names = {"--classes", "--sample-classes"},
            paramLabel = "CLASS,...",
            description = "names or numbers from 0 of classes to draw, taken in turn; none for no class (default: all)")
    private String classes;

    @Option(
            names = "--output",
            paramLabel = "FILE.png",
            description = "takes a grid of all images (default: samples.png, or DIR/grid.png)")
    private Path output;

    @Option(
            names = {"--output-dir", "--save-dir"},
            paramLabel = "DIR",
            description = "takes each image as it is, 00000.png and so on, and a grid of the first 1,024")
    private Path directory;

    @Option(names = "--columns", paramLabel = "N", description = "images in a row of the grid (default: about square)")
    private Integer columns;

    @Option(
            names = "--scale",
            paramLabel = "N",
            description = "size in the grid: page pixels for a pixel, each of 2 x 2 in the file (default: 2)")
    private int scale = 2;

    @Option(names = "--conditional", hidden = true, description = "nothing: the checkpoint knows")
    private boolean conditional;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        SampleFiles files = new SampleFiles(output, directory, number, columns, scale);
        ModelSource source = options.source();
        try (NDManager manager = options.manager();
                TrainedModel model = source.load(manager, spec.commandLine().getErr()::println)) {
            out().println("from " + source + ", trained for " + model.step() + " steps");
            files.requireFit(
                    model.recipe().image().get(1), model.recipe().image().get(2));
            SamplingPlan plan = options.plan(model);
            int[] labels = ClassLabels.parse(classes, number, model);
            requireUse(labels, plan, model);
            Drawing drawing = new Drawing(
                    model, plan, options.batchSize(), options.shard().orElse(Shard.WHOLE));
            if (options.shard().isPresent()) {
                drawing.shard().requireWork(number, options.batchSize());
                files.share(DrawingKey.of(drawing, labels, manager.getDevice().getDeviceType()));
            }
            long start = System.nanoTime();
            long evaluations;
            try (WorkBar bar = new WorkBar(out())) {
                evaluations = drawing.run(manager, labels, bar, files);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            files.writeGrid().forEach(out()::println);
            out().println(String.format(
                    Locale.ROOT,
                    "%d images in %.1f s, %.1f images/s; %s, %d steps, %d network evaluations an image",
                    files.written(),
                    seconds,
                    files.written() / seconds,
                    plan.sampler(),
                    plan.steps(),
                    evaluations));
        }
        return 0;
    }

    /** Classes that are asked for, and guidance that ignores them. */
    private void requireUse(int[] labels, SamplingPlan plan, TrainedModel model) {
        boolean classed = classes != null && Arrays.stream(labels).anyMatch(label -> label != model.classes());
        if (classed && plan.guidanceScale() == 0 && !model.isEnergy()) {
            throw new IllegalArgumentException(
                    "classes must be left out or none where guidance-scale is 0, which ignores"
                            + " them; 1 is the plain prediction for the class");
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
