package org.scorebook.config;

import java.util.Set;
import java.util.function.IntFunction;
import org.scorebook.process.Betas;
import org.scorebook.process.CosineBetas;
import org.scorebook.process.DiscreteSchedule;
import org.scorebook.process.LinearBetas;
import org.scorebook.process.QuadraticBetas;
import org.scorebook.process.SigmoidBetas;

/** The table of how noise can grow over time steps. */
public enum ScheduleKind implements Choice {
    LINEAR("beta rises evenly from beta_first to beta_last", LinearBetas::new),
    COSINE("alphaBar falls as the square of a cosine", steps -> new CosineBetas(steps)),
    SIGMOID("beta rises along a sigmoid from beta_first to beta_last", SigmoidBetas::new),
    QUADRATIC("the root of beta rises evenly from that of beta_first to that of beta_last", QuadraticBetas::new);

    private final String help;
    private final boolean ranged;
    private final Ranged betas;

    /** Betas between two given ones. */
    private interface Ranged {
        Betas make(int steps, double first, double last);
    }

    ScheduleKind(String help, Ranged betas) {
        this(help, true, betas);
    }

    ScheduleKind(String help, IntFunction<Betas> betas) {
        this(help, false, (steps, first, last) -> betas.apply(steps));
    }

    ScheduleKind(String help, boolean ranged, Ranged betas) {
        this.help = help;
        this.ranged = ranged;
        this.betas = betas;
    }

    @Override
    public String help() {
        return help;
    }

    @Override
    public Set<ModelKind> fits() {
        return Set.of(ModelKind.DIFFUSION);
    }

    /** Whether beta_first and beta_last mean something to it. */
    boolean isRanged() {
        return ranged;
    }

    /** The schedule of a configuration. */
    public DiscreteSchedule steps(RunConfig config) {
        return new DiscreteSchedule(betas.make(config.timesteps(), config.betaFirst(), config.betaLast()));
    }

    @Override
    public String toString() {
        return key();
    }
}
