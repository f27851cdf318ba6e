package org.scorebook.process;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Single evaluations of schedules. */
@State(Scope.Thread)
public class ScheduleMicro {
    private final NoiseSchedule discrete = new DiscreteSchedule(new LinearBetas(1000, 1e-4, 0.02));
    private final NoiseSchedule continuous = new VpSchedule();
    private int step;

    /** Another one each time, lest a value be computed once: from 1 to 1,000. */
    private int next() {
        step = step % 1000 + 1;
        return step;
    }

    /** Of DDPM's schedule of 1,000 steps. */
    @Benchmark
    public double discreteSchedule() {
        int t = next();
        return discrete.alpha(t) + discrete.sigma(t);
    }

    /** Of the VP process. */
    @Benchmark
    public double continuousSchedule() {
        double t = next() / 1000.0;
        return continuous.alpha(t) + continuous.sigma(t);
    }
}
