package org.scorebook.recipe;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.scorebook.config.RunConfig;
import org.scorebook.data.ImageOptions;
import org.scorebook.data.ImageSets;
import org.scorebook.data.Splits;
import org.scorebook.model.EnergyNet;
import org.scorebook.model.EnergyShape;
import org.scorebook.model.Network;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.model.NeuralField;
import org.scorebook.model.NoiseConditional;
import org.scorebook.model.SimpleUNet;
import org.scorebook.model.UNet;
import org.scorebook.model.UNetShape;
import org.scorebook.process.Betas;
import org.scorebook.process.CosineBetas;
import org.scorebook.process.DiscreteSchedule;
import org.scorebook.process.EdmSchedule;
import org.scorebook.process.LinearBetas;
import org.scorebook.process.NoiseSchedule;
import org.scorebook.process.QuadraticBetas;
import org.scorebook.process.SigmoidBetas;
import org.scorebook.sample.EnergyLangevin;
import org.scorebook.score.Denoiser;
import org.scorebook.score.FieldDenoiser;
import org.scorebook.score.Parameterization;
import org.scorebook.score.VectorField;
import org.scorebook.train.ContrastiveDivergence;
import org.scorebook.train.DenoisingScoreMatching;
import org.scorebook.train.LearningRate;
import org.scorebook.train.Objective;
import org.scorebook.train.ReplayBuffer;

/**
 * What the names and numbers of a {@link RunConfig} stand for: network, noise schedule, loss, learning rate.
 *
 * @param config of the run
 * @param image shape of one image, (C, H, W) with H = W
 * @param classes how many the data has
 */
public record Recipe(RunConfig config, Shape image, int classes) {
    /** The images that a configuration names. */
    public static Splits data(RunConfig config) throws IOException {
        ImageOptions options = ImageOptions.ALL;
        if (config.imageSize() > 0) {
            options = options.withSide(config.imageSize());
        }
        if (config.maxPerClass() > 0) {
            options = options.withLargestClass(config.maxPerClass());
        }
        return ImageSets.load(config.data(), config.dataDir() == null ? null : Path.of(config.dataDir()), options);
    }

    /** A network with fresh parameters. */
    public Network model(NDManager parent) {
        return isEnergy() ? new NeuralEnergy(network(), parent, image) : new NeuralField(network(), parent, image);
    }

    /** The network, without its parameters yet. */
    public Block network() {
        return switch (config.model()) {
            case "simple-unet" -> new SimpleUNet(channels());
            case "unet" -> new UNet(shape(config.conditional() ? classes : 0));
            case "ncsn-unet" -> NoiseConditional.unet(shape(0));
            case "ncsn-mlp" ->
                NoiseConditional.mlp(
                        channels(), side(), config.baseChannels(), config.baseChannels(), config.baseChannels());
            case "energy" ->
                new EnergyNet(new EnergyShape(
                        channels(),
                        side(),
                        config.baseChannels(),
                        config.spectralNorm(),
                        config.conditional() ? classes : 0));
            default -> throw new IllegalStateException(config.model()); // RunConfig has checked it
        };
    }

    private UNetShape shape(int labels) {
        return new UNetShape(
                channels(),
                side(),
                config.baseChannels(),
                config.multipliers(),
                config.residualBlocks(),
                config.attentionResolutions(),
                config.heads(),
                config.groups(),
                config.dropout(),
                config.conditioning().equals("film"),
                labels);
    }

    private int channels() {
        return (int) image.get(0);
    }

    private int side() {
        return (int) image.get(1);
    }

    /** The noise: DDPM's steps, or levels of standard deviation sigma. */
    public NoiseSchedule schedule() {
        return scoresLevels() ? new EdmSchedule(config.sigmaMax()) : steps();
    }

    /** DDPM's steps. */
    DiscreteSchedule steps() {
        int steps = config.timesteps();
        Betas betas =
                switch (config.schedule()) {
                    case "linear" -> new LinearBetas(steps, config.betaFirst(), config.betaLast());
                    case "quadratic" -> new QuadraticBetas(steps, config.betaFirst(), config.betaLast());
                    case "sigmoid" -> new SigmoidBetas(steps, config.betaFirst(), config.betaLast());
                    case "cosine" -> new CosineBetas(steps);
                    default -> throw new IllegalStateException(config.schedule());
                };
        return new DiscreteSchedule(betas);
    }

    /** Whether the network gives scores at noise levels, and not predictions at DDPM's steps. */
    boolean scoresLevels() {
        return config.objective().equals("levels");
    }

    /** Whether the network is an energy. */
    public boolean isEnergy() {
        return config.model().equals("energy");
    }

    /** The chains that an energy is trained and sampled with. */
    EnergyLangevin chain() {
        return new EnergyLangevin(config.chainStepSize(), config.chainNoise(), config.chainGradientLimit(), -1, 1);
    }

    /**
     * The loss of an energy.
     *
     * @param buffer used where chains start from it
     */
    public ContrastiveDivergence contrastive(ReplayBuffer buffer) {
        ContrastiveDivergence loss =
                switch (config.chainStart()) {
                    case "buffer" -> ContrastiveDivergence.persistent(buffer, chain(), config.chainSteps());
                    case "noise" ->
                        ContrastiveDivergence.fromNoise(
                                ReplayBuffer.uniform(image, -1, 1), chain(), config.chainSteps());
                    case "data" -> ContrastiveDivergence.fromData(chain(), config.chainSteps());
                    default -> throw new IllegalStateException(config.chainStart());
                };
        return loss.regularized(config.energyPenalty()).dataNoise(config.dataNoise(), -1, 1);
    }

    /** The noise levels, from sigma max to sigma min in equal ratios. */
    double[] levels() {
        int n = config.levels();
        double ratio = Math.log(config.sigmaMin() / config.sigmaMax());
        return IntStream.range(0, n)
                .mapToDouble(i -> config.sigmaMax() * Math.exp(ratio * i / Math.max(1, n - 1)))
                .toArray();
    }

    /** What the network is trained to give. */
    Parameterization parameterization() {
        if (scoresLevels()) {
            return Parameterization.SCORE;
        }
        return switch (config.prediction()) {
            case "noise" -> Parameterization.NOISE;
            case "data" -> Parameterization.DATA;
            case "velocity" -> Parameterization.VELOCITY;
            default -> throw new IllegalStateException(config.prediction());
        };
    }

    /** The loss. */
    public Objective<VectorField> objective() {
        return scoresLevels()
                ? DenoisingScoreMatching.levels(levels())
                : DenoisingScoreMatching.ddpm(steps(), parameterization());
    }

    /** The learning rate over all steps. */
    public LearningRate learningRate() {
        LearningRate rate = config.lrDecay().equals("cosine")
                ? LearningRate.cosine(config.lr())
                : LearningRate.constant(config.lr());
        return config.warmupSteps() > 0 ? rate.warmedUp(config.warmupSteps()) : rate;
    }

    /** A trained network, or a guided one, read as what it is: a denoiser. */
    public Denoiser denoiser(VectorField field) {
        return new FieldDenoiser(field, parameterization(), schedule());
    }
}
