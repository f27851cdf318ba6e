package org.scorebook.config;

import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.scorebook.base.Require;
import org.scorebook.score.VectorField;
import org.scorebook.train.DenoisingScoreMatching;
import org.scorebook.train.Objective;

/** The table of what a network can be trained towards. */
public enum ObjectiveKind implements Choice {
    DDPM(
            "time steps of a schedule",
            ModelKind.DIFFUSION,
            config -> DenoisingScoreMatching.ddpm(
                    config.schedule().steps(config), config.prediction().parameterization())),
    LEVELS(
            "noise levels from sigma_max to sigma_min",
            ModelKind.SCORE,
            config -> DenoisingScoreMatching.levels(levels(config))),
    CONTRASTIVE("data against chains, for an energy and only for this", ModelKind.ENERGY, config -> {
        throw new IllegalStateException("the loss of an energy is made with the chains of its training");
    });

    private final String help;
    private final ModelKind kind;
    private final Function<RunConfig, Objective<VectorField>> loss;

    ObjectiveKind(String help, ModelKind kind, Function<RunConfig, Objective<VectorField>> loss) {
        this.help = help;
        this.kind = kind;
        this.loss = loss;
    }

    @Override
    public String help() {
        return help;
    }

    @Override
    public Set<ModelKind> fits() {
        return Set.of(kind);
    }

    /** What it makes of a network. */
    public ModelKind kind() {
        return kind;
    }

    /**
     * The loss of a network that is no energy.
     *
     * @throws IllegalStateException for that of an energy
     */
    public Objective<VectorField> loss(RunConfig config) {
        return loss.apply(config);
    }

    /** The noise levels of a configuration, from sigma_max to sigma_min in equal ratios. */
    public static double[] levels(RunConfig config) {
        int n = Require.given("config", config).levels();
        double ratio = Math.log(config.sigmaMin() / config.sigmaMax());
        return IntStream.range(0, n)
                .mapToDouble(i -> config.sigmaMax() * Math.exp(ratio * i / Math.max(1, n - 1)))
                .toArray();
    }

    @Override
    public String toString() {
        return key();
    }
}
