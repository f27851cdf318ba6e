package org.scorebook.process;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Single evaluations of schedules. */
@State(Scope.Thread)
public class ScheduleMicro {
    private final NoiseSchedule discrete = new DiscreteSchedule(new LinearBetas(1000, 1e-4, 0.02));
    private final NoiseSchedule continuous = new VpSchedule();
    private double time;

    /** Another time each, lest it be computed once. */
    private double next() {
        time = time >= 1 ? 1e-3 : time + 1e-3;
        return time;
    }

    /** Of DDPM's schedule of 1,000 steps. */
    @Benchmark
    public double discreteSchedule() {
        double t = 1 + Math.floor(999 * next());
        return discrete.alpha(t) + discrete.sigma(t);
    }

    /** Of the VP process. */
    @Benchmark
    public double continuousSchedule() {
        double t = next();
        return continuous.alpha(t) + continuous.sigma(t);
    }
}
