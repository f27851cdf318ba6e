package org.scorebook.recipe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.scorebook.base.Require;
import org.scorebook.config.ModelKind;
import org.scorebook.config.RunConfig;
import org.scorebook.config.SamplerKind;
import org.scorebook.model.Network;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.model.NeuralField;
import org.scorebook.process.TimeGrid;
import org.scorebook.sample.Samples;
import org.scorebook.sample.Sampling;
import org.scorebook.sample.StepListener;
import org.scorebook.score.Guided;
import org.scorebook.score.Noise;
import org.scorebook.score.VectorField;

/**
 * How to draw images from a network.
 *
 * @param sampler one that serves the network's kind
 * @param steps of the sampler; for {@code langevin} those at each level, or of an energy's chain
 * @param guidanceScale w of {@link Guided}; without meaning for a network without classes
 * @param seed of all noise: the noise of an image follows from the seed and its number, and the same seed gives the same
 *     images on a CPU, whatever is drawn with them, up to rounding
 */
public record SamplingPlan(SamplerKind sampler, int steps, double guidanceScale, long seed) {
    public SamplingPlan {
        Require.atLeast("steps", steps, 1);
        Require.notNegative("guidanceScale", guidanceScale);
    }

    /** As above, with the sampler's name, such as {@code ddim}. */
    public SamplingPlan(String sampler, int steps, double guidanceScale, long seed) {
        this(SamplerKind.of(sampler), steps, guidanceScale, seed);
    }

    /**
     * As the run's configuration has it; where that names no sampler for noise levels or energies, with theirs, and without
     * guidance where there is no network that could be guided.
     */
    public static SamplingPlan of(RunConfig config) {
        boolean guided = config.conditional() && !config.model().isEnergy();
        return new SamplingPlan(
                SamplerKind.of(config), config.sampleSteps(), guided ? config.guidanceScale() : 0, config.seed());
    }

    /** This plan with another sampler, and as many steps as suit it: all of the network's for {@code ddpm}. */
    public SamplingPlan withSampler(SamplerKind other, RunConfig config) {
        return other == sampler
                ? this
                : new SamplingPlan(other, other.usualSteps(config.timesteps()), guidanceScale, seed);
    }

    /** This plan with other steps. */
    public SamplingPlan withSteps(int other) {
        return new SamplingPlan(sampler, other, guidanceScale, seed);
    }

    /** This plan with another guidance. */
    public SamplingPlan withGuidance(double other) {
        return new SamplingPlan(sampler, steps, other, seed);
    }

    /** This plan with another seed. */
    public SamplingPlan withSeed(long other) {
        return new SamplingPlan(sampler, steps, guidanceScale, other);
    }

    /** A sampling of images with these labels, which a network without classes ignores; null for no class. */
    public Sampling sampling(Recipe recipe, Network network, NDArray labels) {
        boolean classed = network.classes() > 0 && labels != null;
        if (network instanceof NeuralEnergy energy) {
            return new Sampling(
                    classed ? energy.given(labels) : energy, sampler.make(recipe.config(), steps), grid(recipe));
        }
        NeuralField plain = (NeuralField) network;
        VectorField field = classed ? new Guided(plain, labels, guidanceScale) : plain;
        Sampling sampling = new Sampling(recipe.denoiser(field), sampler.make(recipe.config(), steps), grid(recipe));
        return recipe.kind() == ModelKind.DIFFUSION ? sampling.clip(-1, 1) : sampling;
    }

    /**
     * Draws images, one for each label, all at once.
     *
     * @param labels from 0; the number of classes for no class
     * @return of shape (N, C, H, W), about from -1 to 1
     */
    public NDArray draw(Recipe recipe, Network network, NDManager manager, int... labels) {
        List<PlannedImage> images = PlannedImage.from(0, seed, labels);
        return draw(recipe, network, manager, (index, time, x) -> {}, images).points();
    }

    /** As {@link TrainedModel#draw(SamplingPlan, NDManager, StepListener, List)}. */
    Samples draw(Recipe recipe, Network network, NDManager manager, StepListener listener, List<PlannedImage> images) {
        Noise noise = new ImageNoise(images);
        Shape shape = new Shape(images.size()).addAll(recipe.image());
        try (NDManager arrays = manager.newSubManager()) {
            NDArray start = start(recipe, noise.like(arrays.zeros(shape, DataType.FLOAT32)));
            NDArray labels = classes(network, arrays, images);
            Samples samples = sampling(recipe, network, labels)
                    .noise(noise)
                    .listen(listener)
                    .run(start);
            samples.points().attach(manager);
            int halves = labels != null && isGuided(network) ? 2 : 1;
            return new Samples(samples.points(), samples.evaluations() * halves, samples.acceptance());
        }
    }

    /** Whether an evaluation of an image of a class needs one without it, too. */
    private boolean isGuided(Network network) {
        boolean guidable = network instanceof NeuralField && network.classes() > 0;
        return guidable && guidanceScale != 0 && guidanceScale != 1;
    }

    /** Null where no image has a class, for then guidance would be in vain. */
    private static NDArray classes(Network network, NDManager arrays, List<PlannedImage> images) {
        long[] labels = images.stream().mapToLong(PlannedImage::label).toArray();
        boolean none = Arrays.stream(labels).allMatch(label -> label == network.classes());
        return none ? null : arrays.create(labels);
    }

    /** @throws IllegalArgumentException if sampler or steps do not suit a network */
    public void requireFit(Recipe recipe) {
        sampler.requireFit(recipe.kind());
        grid(recipe);
    }

    /** How many steps the sampler's loop takes; for {@code langevin} one for each level, or all of a chain. */
    public int loopSteps(Recipe recipe) {
        return grid(recipe).steps();
    }

    /** Normal numbers become what the sampler begins with: noise of the first level, or numbers uniform from -1 to 1. */
    private static NDArray start(Recipe recipe, NDArray normal) {
        return switch (recipe.kind()) {
            case DIFFUSION -> normal;
            case SCORE -> normal.mul(recipe.config().sigmaMax());
            case ENERGY -> normal.mul(Math.sqrt(0.5)).erf(); // twice the normal distribution function, minus 1
        };
    }

    private TimeGrid grid(Recipe recipe) {
        return switch (recipe.kind()) {
            case DIFFUSION -> {
                requireAtMost(recipe.config().timesteps());
                yield sampler.grid(recipe.steps(), steps);
            }
            case SCORE -> {
                double[] levels = recipe.levels();
                yield TimeGrid.of(Arrays.copyOf(levels, levels.length + 1)); // and 0 at the end
            }
            case ENERGY -> TimeGrid.counting(steps);
        };
    }

    private void requireAtMost(int total) {
        if (steps > total) {
            throw new IllegalArgumentException("steps must be at most the " + total
                    + " time steps that the network was trained on, but is " + steps);
        }
    }
}
