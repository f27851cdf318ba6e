package org.scorebook.config;

/** Settings that are possible each, and together, but with which a training would fail later, or in vain. */
final class TrainingRules {
    private TrainingRules() {}

    static void check(RunConfig config) {
        if (config.imageSize() > 0) {
            config.model().requireSide(config, config.imageSize());
        }
        if (config.sampleInterval() > 0) {
            sampler(config);
        }
        guidance(config, config.guidanceScale());
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
    static void guidance(RunConfig config, double scale) {
        if (!config.conditional() || !config.model().isGuided()) {
            return;
        }
        double hidden = config.pUncond();
        if (hidden == 0 && scale != 1) {
            throw guidance(1, scale, "p_uncond is 0, for such a network never learns to predict without a class");
        }
        if (hidden == 1 && scale != 0) {
            throw guidance(0, scale, "p_uncond is 1, for such a network never learns to predict for a class");
        }
    }

    private static IllegalArgumentException guidance(int right, double scale, String why) {
        return new IllegalArgumentException("guidance_scale must be " + right + " where " + why + ", but is " + scale
                + "; p_uncond 0.1 allows any");
    }
}
