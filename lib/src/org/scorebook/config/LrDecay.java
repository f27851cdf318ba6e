package org.scorebook.config;

import java.util.function.DoubleFunction;
import org.scorebook.train.LearningRate;

/** The table of what can become of the learning rate after its first rise. */
public enum LrDecay implements Choice {
    CONSTANT("the rate stays", false, LearningRate::constant),
    COSINE("the rate falls to 0 along half a cosine", true, LearningRate::cosine);

    private final String help;
    private final boolean byEpochs;
    private final DoubleFunction<LearningRate> rate;

    LrDecay(String help, boolean byEpochs, DoubleFunction<LearningRate> rate) {
        this.help = help;
        this.byEpochs = byEpochs;
        this.rate = rate;
    }

    @Override
    public String help() {
        return help;
    }

    /** Whether the rate of a step depends on the number of epochs. */
    public boolean isByEpochs() {
        return byEpochs;
    }

    /** The rate of a configuration over all steps. */
    public LearningRate rate(RunConfig config) {
        LearningRate decayed = rate.apply(config.lr());
        return config.warmupSteps() > 0 ? decayed.warmedUp(config.warmupSteps()) : decayed;
    }

    @Override
    public String toString() {
        return key();
    }
}
