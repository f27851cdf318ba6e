package org.scorebook.drawing;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;
import org.scorebook.config.SamplerKind;
import org.scorebook.folder.ModelSource;
import org.scorebook.folder.Runs;
import org.scorebook.machine.Devices;
import org.scorebook.recipe.SamplingPlan;
import org.scorebook.recipe.Shard;
import org.scorebook.recipe.ShippedModel;
import org.scorebook.recipe.TrainedModel;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which model to draw from, and how: the options that {@code sample} and {@code evaluate} share. */
final class DrawOptions {
    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL",
            completionCandidates = ShippedNames.class,
            description =
                    "the first of these that there is: a run's ID, its name (the newest of that name), or latest; the"
                            + " folder of a run or checkpoint; a network that ships with Scorebook: ${COMPLETION-CANDIDATES}."
                            + " With shipped: before it, as in shipped:fashion-mnist, always the last")
    private String place;

    @Option(
            names = "--model-path",
            paramLabel = "PATH",
            description = "the same: the folder of a run or checkpoint, or a file in a checkpoint")
    private String modelPath;

    @Option(
            names = "--runs-dir",
            paramLabel = "DIR",
            description = "folder of the runs (default: what SCOREBOOK_RUNS names, else ./runs and the project's)")
    private Path runs;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            completionCandidates = SamplerNames.class,
            description = "${bundle:samplers} (default: the run's)")
    private String sampler;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description =
                    "steps of the sampler, of langevin at each level, or of an energy's chains (default: the run's; for another sampler than its"
                            + " own all for ${bundle:samplers-of-all-steps}, else 50)")
    private Integer steps;

    @Option(
            names = "--guidance-scale",
            paramLabel = "W",
            description =
                    "w in eps = eps_u + w (eps_c - eps_u), which goes from the prediction without a class, eps_u, to"
                            + " that for the class, eps_c, and beyond: 0 ignores the class, 1 is the plain prediction for the class,"
                            + " more exaggerates what is typical of the class, at the price of variety (default: the run's)")
    private Double guidance;

    @Option(names = "--seed", paramLabel = "N", description = "seed of all noise (default: the run's)")
    private Long seed;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description = "auto, cpu, cuda, mps, or one of several, as cuda:1 (default: auto)")
    private String device = "auto";

    @Option(names = "--no-cuda", description = "the same as --device cpu")
    private boolean noCuda;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            description = "images drawn together: fewer need less memory (default: 64)")
    private int batchSize = 64;

    @Option(
            names = "--shard",
            paramLabel = "K/M",
            description =
                    "draw share K, from 0, of M equal ones, in whole batches; with all of them done, by whatever processes and for"
                            + " whatever M, everything is as if one had drawn it")
    private String shard;

    /** What completes a model's name. */
    static final class ShippedNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ShippedModel.names().iterator();
        }
    }

    /** What completes a sampler's name. */
    static final class SamplerNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(SamplerKind.values()).map(SamplerKind::key).iterator();
        }
    }

    int batchSize() {
        Require.atLeast("batch-size", batchSize, 1);
        return batchSize;
    }

    /** The share that is asked for. */
    Optional<Shard> shard() {
        return Optional.ofNullable(shard).map(Shard::parse);
    }

    /** Where the model is. */
    ModelSource source() throws IOException {
        if (place == null && modelPath == null) {
            throw new IllegalArgumentException("name a run, a checkpoint or a shipped network, for instance latest or "
                    + ShippedModel.names().get(0));
        }
        if (place != null && modelPath != null) {
            throw new IllegalArgumentException("give a run or checkpoint once, not also as --model-path");
        }
        Path folder = runs == null ? Runs.folder() : runs.toAbsolutePath().normalize();
        return place == null ? ModelSource.at(modelPath) : ModelSource.find(place, folder);
    }

    NDManager manager() {
        return Torch.manager(0, Devices.resolve(noCuda ? "cpu" : device));
    }

    /** The run's own plan, changed by the options. */
    SamplingPlan plan(TrainedModel model) {
        SamplingPlan plan = SamplingPlan.of(model.config());
        plan = sampler == null ? plan : plan.withSampler(SamplerKind.of(sampler), model.config());
        plan = steps == null ? plan : plan.withSteps(steps);
        plan = seed == null ? plan : plan.withSeed(seed);
        if (guidance == null) {
            return plan;
        }
        Require.notNegative("guidance-scale", guidance);
        if (guidance != 0 && (model.classes() == 0 || model.isEnergy())) {
            throw new IllegalArgumentException("guidance-scale must be left out or 0 for a network that was trained"
                    + " without classes, or as an energy, but is " + guidance);
        }
        model.config().requireGuidance("guidance-scale", guidance);
        return plan.withGuidance(guidance);
    }
}
