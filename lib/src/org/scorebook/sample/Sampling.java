package org.scorebook.sample;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.concurrent.CancellationException;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.aten.Recorded;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;
import org.scorebook.process.TimeGrid;
import org.scorebook.score.Noise;
import org.scorebook.score.Prediction;
import org.scorebook.score.ScoreFunction;

/**
 * The loop that every sampler runs in: from the first time of a grid to the last. It counts evaluations of the model, gives
 * random numbers, tells a listener, closes each step's arrays, and stops when its thread is interrupted.
 *
 * <pre>Samples samples = new Sampling(model, new Ddim(0), TimeGrid.strided(1000, 50)).run(noise);</pre>
 *
 * <p>Where nobody listens, a step of DDPM, DDIM, Heun, DPM-Solver or an energy's chain is one native call, or some short steps
 * together are, if the model only maps arrays to arrays, and the points are images or have at least 1,000 numbers.
 *
 * <p>It does not change: {@link #noise}, {@link #listen} and {@link #clip} give another one. So one object serves any number of
 * runs, also at the same time in several threads, where model, noise and listener do.
 */
public final class Sampling {
    private static final StepListener NOBODY = (index, time, x) -> {};

    private final ScoreFunction model;
    private final Sampler sampler;
    private final TimeGrid grid;
    private final Noise noise;
    private final StepListener listener;
    private final double low;
    private final double high;

    /**
     * @param model a score; most methods need a {@link org.scorebook.score.Denoiser}
     * @param sampler the method
     * @param grid the times to visit
     */
    public Sampling(ScoreFunction model, Sampler sampler, TimeGrid grid) {
        this(model, sampler, grid, Noise.engine(), NOBODY, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    private Sampling(
            ScoreFunction model,
            Sampler sampler,
            TimeGrid grid,
            Noise noise,
            StepListener listener,
            double low,
            double high) {
        this.model = Require.given("model", model);
        this.sampler = Require.given("sampler", sampler);
        this.grid = Require.given("grid", grid);
        this.noise = Require.given("noise", noise);
        this.listener = Require.given("listener", listener);
        this.low = low;
        this.high = high;
    }

    /** The same, with random numbers from here; without this they are the engine's. */
    public Sampling noise(Noise source) {
        return new Sampling(model, sampler, grid, source, listener, low, high);
    }

    /** The same, which tells a listener of each step. */
    public Sampling listen(StepListener stepListener) {
        return new Sampling(model, sampler, grid, noise, stepListener, low, high);
    }

    /** The same, which limits the data that the model predicts in each evaluation, for instance to the range -1 to 1 of images. */
    public Sampling clip(double from, double to) {
        if (!(from < to)) {
            throw new IllegalArgumentException("from must be below to, but they are " + from + " and " + to);
        }
        return new Sampling(model, sampler, grid, noise, listener, from, to);
    }

    /**
     * Runs through all times.
     *
     * @param start the points at the grid's first time, of shape (B, ...), at least one, float32 or float64, finite; left as
     *     they are
     * @throws IllegalArgumentException if start is otherwise, or the model or the noise gives arrays of wrong shapes
     * @throws ArithmeticException if the points do not stay finite; those of a trace, which have no numbers yet, are NaN then
     * @throws CancellationException if the thread was interrupted; the interrupt is used up
     */
    public Samples run(NDArray start) {
        ArrayChecks.points("start", ArrayChecks.floating("start", start));
        if (!(start instanceof Recorded) && !finite(start)) {
            throw new IllegalArgumentException("start must be finite, but has an element that is infinite or NaN");
        }
        Tally tally = new Tally();
        try (NDManager manager = start.getManager().newSubManager()) {
            NDArray points = Torch.untracked(() -> loop(start, manager, tally));
            if (points instanceof Recorded) {
                return tally.of(points.add(points.sub(points))); // NaN where it is not finite
            }
            if (!finite(points)) {
                throw new ArithmeticException("the points did not stay finite over " + grid.steps()
                        + " steps: take smaller steps, or clip the predicted data");
            }
            points.attach(start.getManager());
            return tally.of(points);
        }
    }

    private NDArray loop(NDArray start, NDManager manager, Tally tally) {
        Moves moves = new Moves(this, sampler, tally, start);
        Moves.Whereabouts place = new Moves.Whereabouts(start.duplicate(), null, 0);
        place.points().attach(manager);
        listener.step(-1, grid.time(0), place.points());
        while (place.taken() < grid.steps()) {
            try (NDManager arrays = manager.newSubManager()) {
                attach(place, arrays);
                place = moves.next(place, arrays);
                attach(place, manager);
                listener.step(place.taken() - 1, grid.time(place.taken()), place.points());
            }
            stopIfInterrupted(place.taken());
        }
        return place.points();
    }

    /** To be called after so many steps, and by methods whose steps are long. */
    void stopIfInterrupted(int done) {
        if (Thread.interrupted()) {
            throw new CancellationException(
                    "sampling was interrupted after " + done + " of " + grid.steps() + " steps");
        }
    }

    private static void attach(Moves.Whereabouts place, NDManager manager) {
        place.points().attach(manager);
        if (place.kept() != null) {
            place.kept().attach(manager);
        }
    }

    private static boolean finite(NDArray array) {
        try (NDManager arrays = array.getManager().newSubManager()) {
            NDArray x = array.duplicate();
            x.attach(arrays);
            return x.sub(x).eq(0).all().getBoolean(); // NaN for x that is not finite
        }
    }

    ScoreFunction model() {
        return model;
    }

    TimeGrid grid() {
        return grid;
    }

    Noise noise() {
        return noise;
    }

    boolean isWatched() {
        return listener != NOBODY;
    }

    boolean clips() {
        return low > Double.NEGATIVE_INFINITY || high < Double.POSITIVE_INFINITY;
    }

    Prediction clip(Prediction prediction) {
        return clips() ? prediction.clipped(low, high) : prediction;
    }
}
