package org.scorebook.drawing;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.Names;
import org.scorebook.config.RunConfig;
import org.scorebook.data.Splits;
import org.scorebook.evaluate.EvaluationResult;
import org.scorebook.evaluate.FeatureCache;
import org.scorebook.evaluate.FeatureParts;
import org.scorebook.evaluate.ModelEvaluation;
import org.scorebook.evaluate.WorkPart;
import org.scorebook.folder.ModelSource;
import org.scorebook.folder.RunDirectory;
import org.scorebook.metric.FeatureExtractor;
import org.scorebook.metric.TorchScriptFeatures;
import org.scorebook.recipe.Recipe;
import org.scorebook.recipe.Shard;
import org.scorebook.recipe.TrainedModel;
import org.scorebook.terminal.OutputFile;
import org.scorebook.terminal.WorkBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code scorebook evaluate}. */
@Command(
        name = "evaluate",
        description = {
            "Draw images from a trained model and measure how far they are from its data: FID, precision and recall, loss;"
                    + " and whether they lie nearer to the training images than test images do (memorisation).",
            "For an energy also how well it tells noise, shuffled pixels and emoji from its data (AUROC) and, with classes, its accuracy.",
            "Without --features a small classifier of the data gives the features; it is trained at the first use and then kept"
                    + " in the user's cache. Values of different features, splits or numbers of images cannot be compared.",
            "The table is printed; for a run it is also written to its evaluation.json, for a checkpoint or a shipped network"
                    + " only to the file that --json names."
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} evaluate latest",
            "  ${ROOT-COMMAND-NAME} evaluate fashion-mnist --json shipped.json",
            "  ${ROOT-COMMAND-NAME} evaluate fashion-mnist-cpu --sampler ddim --steps 20 --number 5000 --json ddim-20.json",
            "  ${ROOT-COMMAND-NAME} evaluate latest --features inception-2015-12-05.pt --number 10000",
            "  ${ROOT-COMMAND-NAME} evaluate latest --number 50000 --parts fid --shard $SLURM_ARRAY_TASK_ID/8",
            "  ${ROOT-COMMAND-NAME} evaluate latest --number 50000 --merge fid",
            "",
            "Exit code: 0 evaluated; 1 failed; 2 wrong command line."
        })
public final class Evaluate implements Callable<Integer> {
    private static final Map<String, TorchScriptFeatures.Input> INPUTS = Map.of(
            "nvidia", TorchScriptFeatures.Input.NVIDIA_INCEPTION,
            "torchvision", TorchScriptFeatures.Input.TORCHVISION_INCEPTION);

    @Mixin
    private DrawOptions options;

    @Option(
            names = {"-n", "--number", "--num-samples"},
            paramLabel = "N",
            description = "how many images to draw, with classes as frequent as in the data (default: 2000)")
    private int number = 2000;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            description = "test, validation or train: what to compare with (default: test)")
    private String split = "test";

    @Option(
            names = "--reference-number",
            paramLabel = "N",
            description = "at most so many images of the split (default: 10000)")
    private int referenceNumber = 10_000;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "where the data is now (default: as in training)")
    private Path dataDir;

    @Option(
            names = "--features",
            paramLabel = "FILE.pt",
            description = "network in TorchScript whose features to compare, for instance Inception")
    private Path features;

    @Option(
            names = "--features-input",
            paramLabel = "NAME",
            description =
                    "what that network takes: nvidia (bytes of any size, return_features) or torchvision (299 x 299 in"
                            + " ImageNet's scale) (default: nvidia)")
    private String input = "nvidia";

    @Option(
            names = "--classifier-epochs",
            paramLabel = "N",
            description = "training of the classifier, 0 = 1 to 30 by the size of the data (default: 0)")
    private int classifierEpochs;

    @Option(
            names = "--classifier-dir",
            paramLabel = "DIR",
            description = "folder of trained classifiers (default: scorebook/classifiers in the user's cache)")
    private Path classifierDir;

    @Option(
            names = "--parts",
            paramLabel = "DIR",
            description =
                    "with --shard: takes the features of what is drawn, for --merge; a folder for this evaluation alone")
    private Path parts;

    @Option(
            names = "--merge",
            paramLabel = "DIR",
            description = "draw nothing: evaluate what all shards have put into DIR; with the options that they had")
    private Path merge;

    @Option(names = "--json", paramLabel = "FILE", description = "takes the result as JSON")
    private Path json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ModelSource source = options.source();
        Optional<Shard> shard = options.shard();
        requirePlace(shard);
        requireOutputs(source);
        Optional<EvaluationResult> result;
        try (NDManager manager = options.manager();
                TrainedModel model = source.load(manager, spec.commandLine().getErr()::println);
                WorkBar bar = new WorkBar(out())) {
            out().println("of " + source + ", trained for " + model.step() + " steps");
            ModelEvaluation evaluation =
                    new ModelEvaluation(options.plan(model), number, options.batchSize(), split, referenceNumber);
            Splits splits = Recipe.data(config(model));
            FeatureExtractor given = given(manager);
            FeatureExtractor like = given == null ? FeatureCache.untrained(splits, manager) : given;
            plan(
                    shard.isPresent()
                            ? evaluation.partsOfShard(model, splits, like, manager, shard.get())
                            : merge != null
                                    ? evaluation.partsOfMerge(model, splits, like, manager)
                                    : evaluation.parts(model, splits, like, manager),
                    splits,
                    model.config().data(),
                    bar);
            FeatureExtractor extractor = given != null
                    ? given
                    : classifiers().features(splits, model.config().data(), classifierEpochs, manager, bar);
            result = evaluated(evaluation, model, splits, extractor, manager, bar);
        }
        if (result.isPresent()) {
            out().print(result.get().table());
            write(result.get(), source);
        } else {
            out().println("shard " + shard.get() + " is in " + parts + "; when all are: the same command with --merge "
                    + parts + " instead of --shard and --parts");
        }
        return 0;
    }

    private void requirePlace(Optional<Shard> shard) {
        if (shard.isPresent() != (parts != null)) {
            throw new IllegalArgumentException(
                    "shard and parts must be given together: what is drawn, and where it goes");
        }
        if (parts != null && merge != null) {
            throw new IllegalArgumentException("merge must be given without shard: it comes when all shards are done");
        }
        shard.ifPresent(given -> given.requireWork(number, options.batchSize()));
        if (parts != null) {
            OutputFile.requireFolder("parts", parts.toAbsolutePath());
        }
    }

    /** Empty for a share. */
    private Optional<EvaluationResult> evaluated(
            ModelEvaluation evaluation,
            TrainedModel model,
            Splits splits,
            FeatureExtractor extractor,
            NDManager manager,
            WorkBar bar)
            throws IOException {
        if (parts != null) {
            Shard shard = options.shard().orElseThrow();
            evaluation.drawPart(model, splits, extractor, manager, bar, shard, new FeatureParts(parts));
            return Optional.empty();
        }
        return Optional.of(
                merge == null
                        ? evaluation.run(model, splits, extractor, manager, bar)
                        : evaluation.merge(model, splits, extractor, manager, bar, new FeatureParts(merge)));
    }

    /** What is to come, and whether a classifier's training is part of it: it takes the longest. */
    private void plan(List<WorkPart> all, Splits splits, String data, WorkBar bar) {
        List<WorkPart> parts = new ArrayList<>(all);
        if (features == null) {
            boolean kept = classifiers().has(splits, data, classifierEpochs);
            out().println("the classifier of " + data + " is trained once and kept in "
                    + classifiers().folder() + (kept ? ": it is there" : ": not yet"));
            if (!kept) {
                parts.add(0, new WorkPart(FeatureCache.work(data), Double.NaN));
            }
        }
        bar.plan(parts);
    }

    private FeatureCache classifiers() {
        return classifierDir == null ? FeatureCache.ofThisUser() : new FeatureCache(classifierDir);
    }

    private void requireOutputs(ModelSource source) {
        if (json != null) {
            OutputFile.require("json", json);
        }
        source.run().ifPresent(run -> OutputFile.requireFolder("the run", run.path()));
    }

    private void write(EvaluationResult result, ModelSource source) throws IOException {
        Optional<RunDirectory> run = source.run();
        if (run.isPresent()) {
            run.get().writeEvaluation(result);
            out().println("wrote " + run.get().path().resolve("evaluation.json"));
        }
        if (json != null) {
            AtomicFiles.write(json.toAbsolutePath(), result.toJson().getBytes(StandardCharsets.UTF_8));
            out().println("wrote " + json.toAbsolutePath());
        } else if (run.isEmpty()) {
            out().println("written to no file: --json FILE does that");
        }
    }

    private RunConfig config(TrainedModel model) {
        return dataDir == null ? model.config() : model.config().with("data_dir", dataDir.toString());
    }

    /** That of a file; null where a classifier is to give the features. */
    private FeatureExtractor given(NDManager manager) throws IOException {
        if (features == null) {
            return null;
        }
        if (!INPUTS.containsKey(input)) {
            throw Names.unknown("features-input", input, INPUTS.keySet());
        }
        return TorchScriptFeatures.load(features, manager.getDevice(), INPUTS.get(input));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
