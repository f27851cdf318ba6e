package org.scorebook.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.scorebook.model.NeuralField;
import org.scorebook.process.Require;
import org.scorebook.process.TimeGrid;
import org.scorebook.sample.AnnealedLangevin;
import org.scorebook.sample.Ddim;
import org.scorebook.sample.Ddpm;
import org.scorebook.sample.DpmSolver;
import org.scorebook.sample.Heun;
import org.scorebook.sample.Sampler;
import org.scorebook.sample.Sampling;
import org.scorebook.score.Guided;
import org.scorebook.score.Noise;
import org.scorebook.score.VectorField;

/**
 * How to draw images from a network.
 *
 * @param sampler {@code ddpm}, {@code ddim}, {@code heun}, {@code dpm-solver}; a network of noise levels has {@code langevin} only
 * @param steps of the sampler; for {@code langevin} those at each level
 * @param guidanceScale w of {@link Guided}; without meaning for a network without classes
 * @param seed of all noise: the same seed gives the same images on a CPU
 */
public record SamplingPlan(String sampler, int steps, double guidanceScale, long seed) {
    /** The names of the samplers. */
    public static final List<String> SAMPLERS = List.of("ddpm", "ddim", "heun", "dpm-solver", "langevin");

    private static final double LANGEVIN_RATIO = 0.1;

    public SamplingPlan {
        Require.atLeast("steps", steps, 1);
        Require.notNegative("guidanceScale", guidanceScale);
        if (!SAMPLERS.contains(sampler)) {
            throw new IllegalArgumentException(
                    "sampler must be one of " + String.join(", ", SAMPLERS) + ", but is " + sampler);
        }
    }

    /** As the run's configuration has it. */
    public static SamplingPlan of(RunConfig config) {
        return new SamplingPlan(config.sampler(), config.sampleSteps(), config.guidanceScale(), config.seed());
    }

    /** A sampling of images with these labels, which a network without classes ignores. */
    public Sampling sampling(Recipe recipe, NeuralField network, NDArray labels) {
        VectorField field =
                network.classes() > 0 && labels != null ? new Guided(network, labels, guidanceScale) : network;
        Sampling sampling = new Sampling(recipe.denoiser(field), method(recipe), grid(recipe));
        return recipe.scoresLevels() ? sampling : sampling.clip(-1, 1);
    }

    /**
     * Draws images, one for each label.
     *
     * @param labels from 0; the number of classes for no class
     * @return of shape (N, C, H, W), about from -1 to 1
     */
    public NDArray draw(Recipe recipe, NeuralField network, NDManager manager, int... labels) {
        Noise noise = Noise.seeded(seed);
        Shape shape = new Shape(labels.length).addAll(recipe.image());
        try (NDManager arrays = manager.newSubManager()) {
            NDArray start = noise.like(arrays.zeros(shape, DataType.FLOAT32)).mul(spread(recipe));
            NDArray classes = arrays.create(Arrays.stream(labels).asLongStream().toArray());
            NDArray images =
                    sampling(recipe, network, classes).noise(noise).run(start).points();
            images.attach(manager);
            return images;
        }
    }

    private static double spread(Recipe recipe) {
        return recipe.scoresLevels() ? recipe.config().sigmaMax() : 1;
    }

    private Sampler method(Recipe recipe) {
        if (recipe.scoresLevels()) {
            return new AnnealedLangevin(steps, LANGEVIN_RATIO);
        }
        return switch (sampler) {
            case "ddpm" -> new Ddpm(Ddpm.Variance.SMALL);
            case "ddim" -> new Ddim(0);
            case "heun" -> new Heun();
            case "dpm-solver" -> new DpmSolver();
            default ->
                throw new IllegalArgumentException("sampler must be ddpm, ddim, heun or dpm-solver for a network"
                        + " that was trained on time steps, but is " + sampler);
        };
    }

    private TimeGrid grid(Recipe recipe) {
        if (recipe.scoresLevels()) {
            double[] levels = recipe.levels();
            double[] times = Arrays.copyOf(levels, levels.length + 1); // and 0 at the end
            return TimeGrid.of(times);
        }
        int total = recipe.config().timesteps();
        if (sampler.equals("heun") && steps > 1) {
            return TimeGrid.karras(recipe.steps(), steps);
        }
        return sampler.equals("ddpm") && steps == total ? TimeGrid.counting(total) : TimeGrid.strided(total, steps);
    }
}
