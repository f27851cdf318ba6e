package org.scorebook.config;

import ai.djl.ndarray.types.Shape;
import org.scorebook.data.ImageSets;

/** Settings that are possible each, and together, but with which a training would fail later, or in vain. */
final class TrainingRules {
    private TrainingRules() {}

    /** AdamW moves every parameter by about lr in a step, and parameters are of the order of 1. */
    private static final double LARGEST_LR = 1;

    /** So many as any model can have: what is refused does not depend on them. */
    private static final int CLASSES = 2;

    static void check(RunConfig config) {
        rate(config);
        data(config);
        int side = config.imageSize() > 0 ? config.imageSize() : ImageSets.side(config.data());
        boolean own = config.dataDir() != null && !ImageSets.needsFolder(config.data());
        if (!own) { // files that the user brings may be of another size than those that are published
            config.model().make(config, new Shape(3, side, side), CLASSES);
        }
        if (config.sampleInterval() > 0) {
            sampler(config);
        }
        guidance(config, "guidance_scale", config.guidanceScale());
    }

    private static void rate(RunConfig config) {
        if (config.lr() > LARGEST_LR) {
            throw new IllegalArgumentException("lr must be at most 1, by which a step moves each parameter, but is "
                    + config.lr() + "; usual are 0.0001 to 0.01");
        }
        if (config.lr() * config.weightDecay() > 1) {
            throw new IllegalArgumentException(
                    "lr times weight_decay must be at most 1, the share of each parameter that a step"
                            + " takes away, but is " + config.lr() + " times " + config.weightDecay());
        }
    }

    /** What a data set has no use for would be passed over without a word. */
    private static void data(RunConfig config) {
        String data = config.data();
        if (!ImageSets.needsFolder(data)) {
            unused("image_size", config.imageSize(), data, "whose images have a size of their own");
            unused("max_per_class", config.maxPerClass(), data, "which is trained on as a whole");
        }
        if (ImageSets.isBuiltIn(data) && config.dataDir() != null) {
            throw new IllegalArgumentException("data_dir must not be set for the data " + data
                    + ", which is built in, but is " + config.dataDir() + "; data folder reads pictures from there");
        }
    }

    private static void unused(String name, int value, String data, String why) {
        if (value != 0) {
            throw new IllegalArgumentException(name + " must be 0 for the data " + data + ", " + why + ", but is "
                    + value + "; it is for data folder");
        }
    }

    /** The default sampler stands for the one that fits. */
    private static void sampler(RunConfig config) {
        ModelKind kind = config.objective().kind();
        if (config.sampler() != SamplerKind.usual()) {
            config.sampler().requireFit(kind);
        }
        if (kind == ModelKind.DIFFUSION && config.sampleSteps() > config.timesteps()) {
            throw new IllegalArgumentException("sample_steps must be at most the " + config.timesteps()
                    + " timesteps, which are all that the sampler " + config.sampler() + " can take, but is "
                    + config.sampleSteps());
        }
    }

    /** Guidance by 0 takes predictions without a class only, by 1 those for the class only, any other both. */
    static void guidance(RunConfig config, String name, double scale) {
        if (!config.conditional() || !config.model().isGuided()) {
            return;
        }
        double hidden = config.pUncond();
        if (hidden == 0 && scale != 1) {
            throw guidance(name, 1, scale, "p_uncond is 0, for such a network never learns to predict without a class");
        }
        if (hidden == 1 && scale != 0) {
            throw guidance(name, 0, scale, "p_uncond is 1, for such a network never learns to predict for a class");
        }
    }

    private static IllegalArgumentException guidance(String name, int right, double scale, String why) {
        return new IllegalArgumentException(
                name + " must be " + right + " where " + why + ", but is " + scale + "; p_uncond 0.1 allows any");
    }
}
