package org.scorebook.recipe;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.io.IOException;
import java.nio.file.Path;
import org.scorebook.base.Require;
import org.scorebook.config.ModelKind;
import org.scorebook.config.ObjectiveKind;
import org.scorebook.config.RunConfig;
import org.scorebook.config.SamplerKind;
import org.scorebook.data.ImageOptions;
import org.scorebook.data.ImageSets;
import org.scorebook.data.Splits;
import org.scorebook.model.Network;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.model.NeuralField;
import org.scorebook.process.DiscreteSchedule;
import org.scorebook.process.EdmSchedule;
import org.scorebook.process.NoiseSchedule;
import org.scorebook.sample.Sampler;
import org.scorebook.score.Denoiser;
import org.scorebook.score.FieldDenoiser;
import org.scorebook.score.Parameterization;
import org.scorebook.score.VectorField;
import org.scorebook.train.ContrastiveDivergence;
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
        if (Require.given("config", config).imageSize() > 0) {
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
        return config.model().make(config, image, classes);
    }

    /** What the training makes of it. */
    ModelKind kind() {
        return config.objective().kind();
    }

    /** The noise: DDPM's steps, or levels of standard deviation sigma. */
    public NoiseSchedule schedule() {
        return kind() == ModelKind.SCORE ? new EdmSchedule(config.sigmaMax()) : steps();
    }

    /** DDPM's steps. */
    DiscreteSchedule steps() {
        return config.schedule().steps(config);
    }

    /** Whether the network is an energy. */
    public boolean isEnergy() {
        return config.model().isEnergy();
    }

    /**
     * The loss of an energy.
     *
     * @param buffer used where chains start from it
     */
    public ContrastiveDivergence contrastive(ReplayBuffer buffer) {
        Sampler chain = SamplerKind.chain(config);
        ContrastiveDivergence loss =
                switch (config.chainStart()) {
                    case BUFFER -> ContrastiveDivergence.persistent(buffer, chain, config.chainSteps());
                    case NOISE ->
                        ContrastiveDivergence.fromNoise(ReplayBuffer.uniform(image, -1, 1), chain, config.chainSteps());
                    case DATA -> ContrastiveDivergence.fromData(chain, config.chainSteps());
                };
        return loss.regularized(config.energyPenalty()).dataNoise(config.dataNoise(), -1, 1);
    }

    /** The noise levels, the largest first. */
    double[] levels() {
        return ObjectiveKind.levels(config);
    }

    /** What the network is trained to give. */
    private Parameterization parameterization() {
        return kind() == ModelKind.SCORE
                ? Parameterization.SCORE
                : config.prediction().parameterization();
    }

    /** The loss of a network that is no energy. */
    public Objective<VectorField> objective() {
        return config.objective().loss(config);
    }

    /** The learning rate over all steps. */
    public LearningRate learningRate() {
        return config.lrDecay().rate(config);
    }

    /** A trained network, or a guided one, read as what it is: a denoiser. */
    public Denoiser denoiser(VectorField field) {
        return new FieldDenoiser(field, parameterization(), schedule());
    }
}
