package org.scorebook.sample;

import ai.djl.ndarray.NDArray;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.process.ContinuousSchedule;
import org.scorebook.process.NoiseSchedule;
import org.scorebook.score.Denoiser;
import org.scorebook.score.EnergyFunction;
import org.scorebook.score.Prediction;

/** One step of a run, as a sampling method sees it: the model, whose evaluations are counted; the times; random numbers. */
public final class Step {
    private final Sampling sampling;
    private final Tally tally;
    private final int index;
    private NDArray kept;

    Step(Sampling sampling, Tally tally, int index, NDArray kept) {
        this.sampling = sampling;
        this.tally = tally;
        this.index = index;
        this.kept = kept;
    }

    /** The time that the points are at. */
    public double time() {
        return sampling.grid().time(index);
    }

    /** The time that the points go to. */
    public double next() {
        return sampling.grid().time(index + 1);
    }

    /** The time before {@link #time}; not to be asked for in the first step. */
    public double previous() {
        return sampling.grid().time(index - 1);
    }

    /** Whether no step was taken before. */
    public boolean first() {
        return index == 0;
    }

    /** The model's score; one evaluation. Where data is clipped, the score that follows from the clipped data. */
    public NDArray score(NDArray x, double t) {
        if (sampling.clips()) {
            return predict(x, t).score();
        }
        tally.evaluated();
        return ArrayChecks.sameShape("the model's score", sampling.model().score(x, t), x);
    }

    /**
     * The model's prediction, with clipped data where the run clips; one evaluation.
     *
     * @throws IllegalArgumentException if the model is a score without a schedule
     */
    public Prediction predict(NDArray x, double t) {
        Denoiser denoiser = denoiser();
        tally.evaluated();
        return sampling.clip(denoiser.predict(x, t));
    }

    /**
     * The model's energy, of shape (B); one evaluation.
     *
     * @throws IllegalArgumentException if the model is a score without an energy
     */
    public NDArray energy(NDArray x) {
        if (sampling.model() instanceof EnergyFunction model) {
            tally.evaluated();
            return ArrayChecks.onePerPoint("energy", model.energy(x), x);
        }
        throw new IllegalArgumentException("model must be an EnergyFunction for this method, but is a "
                + sampling.model().getClass().getSimpleName());
    }

    /** Says what share of the points accepted a move that was proposed to them; the run keeps the mean. */
    public void accepted(double share) {
        tally.proposed(share);
    }

    /** The model's schedule. */
    public NoiseSchedule schedule() {
        return denoiser().schedule();
    }

    /** The model's schedule with its drift and diffusion. */
    public ContinuousSchedule process() {
        if (schedule() instanceof ContinuousSchedule continuous) {
            return continuous;
        }
        throw new IllegalArgumentException("the model's schedule must be a ContinuousSchedule for a method that needs"
                + " drift and diffusion, but is a " + schedule().getClass().getSimpleName());
    }

    /** Fresh N(0, I) numbers of the shape and type of x. */
    public NDArray noise(NDArray x) {
        return ArrayChecks.sameShape("noise", sampling.noise().like(x), x);
    }

    /** Ends the run if its thread was interrupted: for methods that do much in one step. */
    void stopIfInterrupted() {
        sampling.stopIfInterrupted(index);
    }

    /** Keeps an array for the next step of this run, where {@link #kept} gives it. */
    public void keep(NDArray array) {
        kept = array;
    }

    /** What the step before kept; null in the first step. */
    public NDArray kept() {
        return kept;
    }

    private Denoiser denoiser() {
        if (sampling.model() instanceof Denoiser denoiser) {
            return denoiser;
        }
        throw new IllegalArgumentException(
                "model must be a Denoiser, which knows its schedule, for this method, but is a "
                        + sampling.model().getClass().getSimpleName());
    }
}
