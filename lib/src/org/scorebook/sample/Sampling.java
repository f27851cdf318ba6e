package org.scorebook.sample;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.concurrent.CancellationException;
import org.scorebook.aten.ArrayChecks;
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
 */
public final class Sampling {
    private final ScoreFunction model;
    private final Sampler sampler;
    private final TimeGrid grid;
    private Noise noise = Noise.engine();
    private StepListener listener = (index, time, x) -> {};
    private double low = Double.NEGATIVE_INFINITY;
    private double high = Double.POSITIVE_INFINITY;
    private long evaluations;
    private int done;
    private double accepted;
    private long proposals;

    /**
     * @param model a score; most methods need a {@link org.scorebook.score.Denoiser}
     * @param sampler the method
     * @param grid the times to visit
     */
    public Sampling(ScoreFunction model, Sampler sampler, TimeGrid grid) {
        this.model = Require.given("model", model);
        this.sampler = Require.given("sampler", sampler);
        this.grid = Require.given("grid", grid);
    }

    /** Takes random numbers from here; without this from the engine. */
    public Sampling noise(Noise source) {
        noise = Require.given("source", source);
        return this;
    }

    /** Tells a listener of each step. */
    public Sampling listen(StepListener stepListener) {
        listener = Require.given("stepListener", stepListener);
        return this;
    }

    /** Limits the data that the model predicts in each evaluation, for instance to the range -1 to 1 of images. */
    public Sampling clip(double from, double to) {
        if (!(from < to)) {
            throw new IllegalArgumentException("from must be below to, but they are " + from + " and " + to);
        }
        low = from;
        high = to;
        return this;
    }

    /**
     * Runs through all times. May be called again for another run.
     *
     * @param start the points at the grid's first time, of shape (B, ...), at least one, float32 or float64, finite; left as
     *     they are
     * @throws IllegalArgumentException if start is otherwise, or the model or the noise gives arrays of wrong shapes
     * @throws ArithmeticException if the points do not stay finite
     * @throws CancellationException if the thread was interrupted; the interrupt is used up
     */
    public Samples run(NDArray start) {
        ArrayChecks.points("start", ArrayChecks.floating("start", start));
        if (!finite(start)) {
            throw new IllegalArgumentException("start must be finite, but has an element that is infinite or NaN");
        }
        evaluations = 0;
        done = 0;
        accepted = 0;
        proposals = 0;
        try (NDManager manager = start.getManager().newSubManager()) {
            NDArray points = Torch.untracked(() -> loop(start, manager));
            if (!finite(points)) {
                throw new ArithmeticException("the points did not stay finite over " + grid.steps()
                        + " steps: take smaller steps, or clip the predicted data");
            }
            points.attach(start.getManager());
            return new Samples(points, evaluations, proposals == 0 ? 1 : accepted / proposals);
        }
    }

    private NDArray loop(NDArray start, NDManager manager) {
        NDArray x = start.duplicate();
        x.attach(manager);
        listener.step(-1, grid.time(0), x);
        NDArray kept = null;
        for (int i = 0; i < grid.steps(); i++) {
            try (NDManager arrays = manager.newSubManager()) {
                x.attach(arrays);
                if (kept != null) {
                    kept.attach(arrays);
                }
                Step step = new Step(this, i, kept);
                x = attached(sameShape(sampler.step(x, step), x), manager);
                kept = step.kept() == null ? null : attached(step.kept(), manager);
                listener.step(i, step.next(), x);
            }
            done = i + 1;
            stopIfInterrupted();
        }
        return x;
    }

    /** To be called between steps, and by methods whose steps are long. */
    void stopIfInterrupted() {
        if (Thread.interrupted()) {
            throw new CancellationException(
                    "sampling was interrupted after " + done + " of " + grid.steps() + " steps");
        }
    }

    private static NDArray sameShape(NDArray next, NDArray x) {
        if (!next.getShape().equals(x.getShape())) {
            throw new IllegalArgumentException("sampler must give points of the shape " + x.getShape()
                    + " that it is given, but gives " + next.getShape());
        }
        return next;
    }

    private static NDArray attached(NDArray array, NDManager manager) {
        array.attach(manager);
        return array;
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

    boolean clips() {
        return low > Double.NEGATIVE_INFINITY || high < Double.POSITIVE_INFINITY;
    }

    Prediction clip(Prediction prediction) {
        return clips() ? prediction.clipped(low, high) : prediction;
    }

    void count() {
        evaluations++;
    }

    void proposed(double share) {
        accepted += share;
        proposals++;
    }
}
