package org.scorebook.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.scorebook.base.Require;

/**
 * Every setting of a training run. Made from a preset or from JSON, and changed by {@link #with}; there each value is
 * checked. In JSON and on the command line a component such as {@code batchSize} is {@code batch_size}.
 */
public record RunConfig(
        @Setting(heading = "Run", initial = "run", help = "name of the run; its ID adds the time")
        String runName,

        // data
        @Setting(heading = "Data", initial = "fashion-mnist", imageSet = true, help = "data set")
        String data,

        @Setting(initial = "", help = "folder with the data set's files; needed for folder")
        String dataDir,

        @Setting(initial = "0", min = 0, help = "for folder: side of the images in pixels, 0 = 64")
        int imageSize,

        @Setting(initial = "0", min = 0, help = "for folder: images of each class, 0 = all")
        int maxPerClass,

        @Setting(initial = "false", help = "mirror each image with probability 1/2")
        boolean flip,

        // network
        @Setting(heading = "Network", initial = "unet", help = "network")
        NetworkKind model,

        @Setting(initial = "32", min = 1, help = "channels of the first level or layer, or width of ncsn-mlp")
        int baseChannels,

        @Setting(initial = "1,2,2", min = 1, help = "channels of each level, as multiples of base_channels")
        List<Integer> multipliers,

        @Setting(initial = "1", min = 1, help = "residual blocks in each level")
        int residualBlocks,

        @Setting(initial = "7", min = 1, help = "image sides at which there is attention")
        List<Integer> attentionResolutions,

        @Setting(initial = "1", min = 1, help = "heads of the attention")
        int heads,

        @Setting(initial = "8", min = 1, help = "groups of the normalisation; divides base_channels")
        int groups,

        @Setting(initial = "0", min = 0, below = 1, help = "share of activations dropped in training")
        double dropout,

        @Setting(initial = "film", help = "how time and class enter: film scales and shifts, add shifts")
        Conditioning conditioning,

        @Setting(
                initial = "strided",
                help = "how an energy halves images: strided is quick, pooled draws without chequers")
        Downsampling downsampling,

        @Setting(initial = "false", help = "divide each weight of an energy by its largest singular value")
        boolean spectralNorm,

        // guidance
        @Setting(
                heading = "Classes",
                initial = "false",
                help = "learn the classes, for guidance; an energy classifies too")
        boolean conditional,

        @Setting(initial = "0.1", min = 0, max = 1, help = "share of training images whose class is hidden")
        double pUncond,

        @Setting(initial = "3", min = 0, help = "guidance of the samples: 0 = none, 1 = by class, more = stronger")
        double guidanceScale,

        // objective
        @Setting(heading = "Objective", initial = "ddpm", help = "${objectives}")
        ObjectiveKind objective,

        @Setting(initial = "noise", help = "what the network predicts")
        PredictionKind prediction,

        @Setting(initial = "cosine", help = "how noise grows over the time steps")
        ScheduleKind schedule,

        @Setting(initial = "1000", min = 2, help = "time steps of the schedule")
        int timesteps,

        @Setting(initial = "0.0001", above = 0, below = 1, help = "first beta of ${schedules}")
        double betaFirst,

        @Setting(initial = "0.02", above = 0, below = 1, help = "last beta of ${schedules}")
        double betaLast,

        @Setting(initial = "1", above = 0, help = "largest noise level")
        double sigmaMax,

        @Setting(initial = "0.01", above = 0, help = "smallest noise level")
        double sigmaMin,

        @Setting(initial = "10", min = 2, help = "number of noise levels")
        int levels,

        // energies
        @Setting(
                heading = "Energy",
                initial = "buffer",
                help = "where the chains of a step start: where earlier ones ended, or anew")
        ChainStart chainStart,

        @Setting(initial = "60", min = 1, help = "steps of a chain in training")
        int chainSteps,

        @Setting(initial = "10", above = 0, help = "factor of the gradient in a step of a chain, also in sampling")
        double chainStepSize,

        @Setting(initial = "0.005", min = 0, help = "standard deviation of the noise in a step of a chain")
        double chainNoise,

        @Setting(initial = "0.03", above = 0, help = "largest component of the gradient in a step of a chain")
        double chainGradientLimit,

        @Setting(initial = "8192", min = 1, help = "chains that the buffer keeps")
        int bufferSize,

        @Setting(initial = "0.05", min = 0, max = 1, help = "share of the buffer's chains that begin anew")
        double bufferRestarts,

        @Setting(initial = "0.1", min = 0, help = "weight of the squared energies in the loss")
        double energyPenalty,

        @Setting(initial = "0.005", min = 0, help = "standard deviation of the noise on the training images")
        double dataNoise,

        // optimisation
        @Setting(heading = "Optimisation", initial = "5", min = 1, help = "passes over the training set")
        int epochs,

        @Setting(initial = "0", min = 0, help = "batches of a pass, 0 = all")
        int maxBatchesPerEpoch,

        @Setting(initial = "64", min = 1, help = "images in a batch")
        int batchSize,

        @Setting(initial = "1", min = 1, help = "batches whose gradients make one step")
        int gradientAccumulation,

        @Setting(initial = "0.001", above = 0, help = "learning rate")
        double lr,

        @Setting(initial = "0", min = 0, help = "steps in which the learning rate rises from 0")
        int warmupSteps,

        @Setting(initial = "constant", help = "learning rate after that")
        LrDecay lrDecay,

        @Setting(initial = "1", min = 0, help = "largest norm of the gradient, 0 = any")
        double clipNorm,

        @Setting(initial = "0.9", min = 0, below = 1, help = "memory of AdamW for the mean gradient")
        double beta1,

        @Setting(initial = "0", min = 0, help = "weight decay of AdamW")
        double weightDecay,

        @Setting(initial = "0.999", min = 0, below = 1, help = "decay of the weights' moving average, 0 = none")
        double emaDecay,

        @Setting(initial = "0", help = "seed of all random draws")
        long seed,

        @Setting(initial = "auto", help = "auto, cpu, cuda, mps, or one of several, as cuda:1")
        String device,

        @Setting(initial = "0", min = 0, max = 1024, help = "CPU threads, 0 = the engine's choice")
        int threads,

        @Setting(initial = "auto", help = "numbers that the steps of the training are computed with")
        Precision precision,

        // what is kept and shown
        @Setting(heading = "Output", initial = "500", min = 1, help = "steps between checkpoints")
        int checkpointInterval,

        @Setting(initial = "2", min = 1, help = "checkpoints kept, the newest ones")
        int keepCheckpoints,

        @Setting(initial = "500", min = 0, help = "steps between sample grids, 0 = none")
        int sampleInterval,

        @Setting(initial = "64", min = 1, help = "images in a sample grid")
        int sampleCount,

        @Setting(initial = "ddim", help = "sampler of the grids; ${samplers}")
        SamplerKind sampler,

        @Setting(
                initial = "50",
                min = 1,
                help = "steps of the sampler; of langevin at each level, or of an energy's chains")
        int sampleSteps,

        @Setting(initial = "20", min = 1, help = "steps between lines of metrics")
        int logInterval,

        @Setting(initial = "10", min = 0, help = "validation and test batches of an evaluation, 0 = all")
        int evaluationBatches) {

    /** Checks what concerns several settings; each by itself was checked where its value came in. */
    public RunConfig {
        multipliers = List.copyOf(multipliers);
        attentionResolutions = List.copyOf(attentionResolutions);
        ConfigRules.ascending("beta_first", betaFirst, "beta_last", betaLast);
        ConfigRules.ascending("sigma_min", sigmaMin, "sigma_max", sigmaMax);
        ConfigRules.folder(data, dataDir);
        ConfigRules.levels(multipliers);
        ConfigRules.groups(model, groups, baseChannels);
        ConfigRules.kind(model, objective);
        ConfigRules.buffer(objective, chainStart, bufferSize, batchSize);
        ConfigRules.device(device);
    }

    /** The defaults. */
    public static RunConfig defaults() {
        return ConfigJson.build(Map.of());
    }

    /**
     * A prepared configuration, whose run name is the preset's.
     *
     * @throws IllegalArgumentException for another name than those of {@link #presets()}
     */
    public static RunConfig preset(String name) {
        return Presets.get(Require.given("name", name));
    }

    /** The names of the presets, and of each what it is for. */
    public static Map<String, String> presets() {
        return Presets.descriptions();
    }

    /**
     * Checks what a training needs in order not to fail, or be in vain, after it has begun; where data_dir
     * has files of a published set, the network checks the side of the images once they are read. A model that is trained already may be read without this.
     *
     * @throws IllegalArgumentException with the setting that is wrong and what would be right
     */
    public void requireTrainable() {
        TrainingRules.check(this);
    }

    /**
     * Checks that a network of this training can be guided so: with classes never hidden, or always, it predicts in one way only.
     *
     * @param name of the scale, for the message
     * @param scale w of {@link org.scorebook.score.Guided}
     * @throws IllegalArgumentException with the one that it can have
     */
    public void requireGuidance(String name, double scale) {
        TrainingRules.guidance(this, name, scale);
    }

    /** What the settings are, in the order of the components. */
    public static List<RunSetting> settings() {
        return RunSetting.all();
    }

    /**
     * This configuration with one setting changed.
     *
     * @param key as in JSON; {@code batchSize} and {@code batch-size} do too
     * @param value a number, boolean, text, list or {@link Choice}, or any of them written as on the command line
     * @throws IllegalArgumentException for an unknown key or an impossible value
     */
    public RunConfig with(String key, Object value) {
        return with(Collections.singletonMap(key, value));
    }

    /** This configuration with several settings changed at once, so that only the result must fit together. */
    public RunConfig with(Map<String, ?> changes) {
        return ConfigJson.change(this, changes);
    }

    /**
     * A configuration from JSON. What is missing has its default, or the value of the preset that {@code "extends"} names.
     *
     * @throws IllegalArgumentException for text that is no JSON object, an unknown key or an impossible value
     */
    public static RunConfig fromJson(String json) {
        return ConfigJson.parse(json);
    }

    /** As {@link #fromJson}, from a file. */
    public static RunConfig read(Path file) throws IOException {
        return ConfigJson.read(file);
    }

    /** All settings as JSON. */
    public String toJson() {
        return ConfigJson.write(this);
    }

    /** As {@link #toJson}, with the version of the library: what a run keeps. {@link #fromJson} takes it too. */
    public String toJsonWithVersion() {
        return ConfigJson.writeWithVersion(this);
    }
}
