package org.scorebook.sample;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.scorebook.aten.Recorded;
import org.scorebook.trace.Recording;
import org.scorebook.trace.Untraceable;

/**
 * Takes the steps of one run. A step of a method that evaluates its model before it draws anything is written down and computed
 * in one native call, short steps several at a time, unless a listener wants to see each or the model asks for numbers; it is the
 * same method either way, and the same random numbers.
 */
final class Moves {
    private static final int MOST = 5;
    private static final int SMALL = 1000;
    private static final long SHORT_NANOS = 5_000_000;

    private final Sampling sampling;
    private final Sampler sampler;
    private final Tally tally;
    private boolean inOneCall;
    private int length = 1;

    Moves(Sampling sampling, Sampler sampler, Tally tally, NDArray start) {
        this.sampling = sampling;
        this.sampler = sampler;
        this.tally = tally;
        inOneCall = !sampling.isWatched() && isLarge(start) && drawsLast(sampler) && !(start instanceof Recorded);
    }

    /** Few numbers are done sooner than they are written down. */
    private static boolean isLarge(NDArray start) {
        return start.size() >= SMALL || start.getShape().dimension() > 2;
    }

    /** So that nothing has been drawn when a model turns out to ask for numbers. */
    private static boolean drawsLast(Sampler sampler) {
        return sampler instanceof Ddpm
                || sampler instanceof Ddim
                || sampler instanceof Heun
                || sampler instanceof DpmSolver
                || sampler instanceof EnergyLangevin;
    }

    /**
     * Where the points are.
     *
     * @param kept by the last step, or null
     * @param taken how many steps were
     */
    record Whereabouts(NDArray points, NDArray kept, int taken) {}

    /** Further on by at least one step. */
    Whereabouts next(Whereabouts place, NDManager arrays) {
        if (place.points instanceof Recorded written && sampler instanceof EnergyLangevin && !sampling.isWatched()) {
            return alike(written);
        }
        if (inOneCall) {
            try {
                return several(place, arrays);
            } catch (Untraceable | EngineException e) {
                inOneCall = false;
            }
        }
        return one(place, tally);
    }

    /** All steps, in a trace that is somebody else's: those of an energy's chain are alike. */
    private Whereabouts alike(Recorded start) {
        int steps = sampling.grid().steps();
        for (int i = 0; i < steps; i++) {
            tally.evaluated();
        }
        NDArray end = start.repeated(steps, x -> one(new Whereabouts(x, null, 0), new Tally()).points);
        return new Whereabouts(end, null, steps);
    }

    private Whereabouts several(Whereabouts place, NDManager arrays) {
        long start = System.nanoTime();
        int end = Math.min(place.taken + length, sampling.grid().steps());
        Recording trace = new Recording(arrays);
        Whereabouts at = known(trace, place);
        while (at.taken < end && inOneCall) {
            at = written(trace, at, at.taken == place.taken);
        }
        NDList found = at.kept == null ? trace.run(at.points) : trace.run(at.points, at.kept);
        length = System.nanoTime() - start < (at.taken - place.taken) * SHORT_NANOS ? MOST : 1;
        return new Whereabouts(found.get(0), at.kept == null ? null : found.get(1), at.taken);
    }

    /** One step further; if it cannot be written down, it is the first and that is thrown, or the steps before it are all. */
    private Whereabouts written(Recording trace, Whereabouts at, boolean isFirst) {
        Tally counts = new Tally();
        try {
            Whereabouts next = Recording.tried(() -> known(trace, one(at, counts)));
            tally.add(counts);
            return next;
        } catch (Untraceable e) {
            if (isFirst) {
                throw e;
            }
            inOneCall = false;
            return at;
        }
    }

    private static Whereabouts known(Recording trace, Whereabouts place) {
        return new Whereabouts(
                trace.known(place.points), place.kept == null ? null : trace.known(place.kept), place.taken);
    }

    private Whereabouts one(Whereabouts place, Tally counts) {
        Step step = new Step(sampling, counts, place.taken, place.kept);
        NDArray next = sampler.step(place.points, step);
        if (!next.getShape().equals(place.points.getShape())) {
            throw new IllegalArgumentException("sampler must give points of the shape " + place.points.getShape()
                    + " that it is given, but gives " + next.getShape());
        }
        return new Whereabouts(next, step.kept(), place.taken + 1);
    }
}
