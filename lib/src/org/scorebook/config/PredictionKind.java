package org.scorebook.config;

import java.util.Set;
import org.scorebook.score.Parameterization;

/** The table of what a network can predict at time steps. */
public enum PredictionKind implements Choice {
    NOISE("the noise eps", Parameterization.NOISE),
    DATA("the image x_0", Parameterization.DATA),
    VELOCITY("alpha eps - sigma x_0", Parameterization.VELOCITY);

    private final String help;
    private final Parameterization parameterization;

    PredictionKind(String help, Parameterization parameterization) {
        this.help = help;
        this.parameterization = parameterization;
    }

    @Override
    public String help() {
        return help;
    }

    @Override
    public Set<ModelKind> fits() {
        return Set.of(ModelKind.DIFFUSION);
    }

    /** What it is for losses and samplers. */
    public Parameterization parameterization() {
        return parameterization;
    }

    @Override
    public String toString() {
        return key();
    }
}
