package org.scorebook.recipe;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.scorebook.base.DamagedFile;
import org.scorebook.base.Require;
import org.scorebook.config.RunConfig;
import org.scorebook.model.Network;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.model.NeuralField;
import org.scorebook.sample.Samples;
import org.scorebook.sample.StepListener;
import org.scorebook.score.Denoiser;
import org.scorebook.score.Guided;
import org.scorebook.train.Checkpoint;
import org.scorebook.train.TrainingState;
import org.scorebook.weights.Fingerprint;

/** A network from a checkpoint, ready to draw from: the averaged parameters, and what they mean. */
public final class TrainedModel implements AutoCloseable {
    private final Recipe recipe;
    private final Network network;
    private final List<String> classNames;
    private final long step;

    private TrainedModel(Recipe recipe, Network network, List<String> classNames, long step) {
        this.recipe = recipe;
        this.network = network;
        this.classNames = classNames;
        this.step = step;
    }

    /**
     * Loads a checkpoint, or the newest of a run.
     *
     * @param folder of a run, or of one checkpoint
     * @param manager parent of the parameters' manager
     * @throws DamagedFile if a file is missing or damaged, or the files do not fit each other; of a run it names an older
     *     checkpoint that is whole, if there is one
     * @throws IOException if there is no checkpoint
     */
    public static TrainedModel load(Path folder, NDManager manager) throws IOException {
        List<DamagedFile> damaged = new ArrayList<>();
        TrainedModel model =
                newestWhole(folder, manager, (reason, taken) -> damaged.add(reason.and("Whole is " + taken)));
        if (damaged.isEmpty()) {
            return model;
        }
        model.close();
        throw damaged.get(0);
    }

    /**
     * Loads a checkpoint, or of a run the newest that is whole.
     *
     * @param folder of a run, or of one checkpoint
     * @param manager parent of the parameters' manager
     * @param remarks is told of each newer one why it is not taken, and which is taken instead
     * @throws DamagedFile if there are checkpoints, and none is whole
     * @throws IOException if there is no checkpoint
     */
    public static TrainedModel load(Path folder, NDManager manager, Consumer<String> remarks) throws IOException {
        Require.given("remarks", remarks);
        return newestWhole(
                folder,
                manager,
                (reason, taken) ->
                        remarks.accept(reason.and("Taken instead: " + taken).getMessage()));
    }

    /** @param refused takes each newer one's reason, and the folder of the one that is taken */
    private static TrainedModel newestWhole(Path folder, NDManager manager, BiConsumer<DamagedFile, Path> refused)
            throws IOException {
        Require.given("manager", manager);
        List<DamagedFile> reasons = new ArrayList<>();
        for (Checkpoint next : Checkpoint.at(folder)) {
            try {
                TrainedModel model = load(next, manager);
                reasons.forEach(reason -> refused.accept(reason, next.folder()));
                return model;
            } catch (DamagedFile e) {
                reasons.add(e);
            }
        }
        throw reasons.get(0);
    }

    private static TrainedModel load(Checkpoint checkpoint, NDManager manager) throws IOException {
        TrainingState state = checkpoint.state();
        Recipe recipe = checkpoint.read(
                Checkpoint.CONFIG,
                text -> new Recipe(
                        RunConfig.fromJson(text),
                        state.image(),
                        state.classNames().size()));
        Network network = network(checkpoint, recipe, manager);
        try (NDManager arrays = manager.newSubManager()) {
            checkpoint.load(Checkpoint.AVERAGE, arrays, network::load);
        } catch (IOException e) {
            network.close();
            throw e;
        }
        return new TrainedModel(recipe, network, state.classNames(), checkpoint.step());
    }

    private static Network network(Checkpoint checkpoint, Recipe recipe, NDManager manager) throws IOException {
        try {
            return recipe.model(manager);
        } catch (IllegalArgumentException e) { // a network that cannot take images of this shape
            throw checkpoint.damaged(Checkpoint.textFile(Checkpoint.CONFIG), e);
        }
    }

    /**
     * Loads a small network that comes with the library, each trained by the preset of its name: {@code fashion-mnist}, of
     * clothes; {@code emoji}, in colour; and {@code ebm-fashion-mnist}, an energy of clothes.
     *
     * @param name one of {@link ShippedModel#names}
     */
    public static TrainedModel pretrained(String name, NDManager manager) throws IOException {
        return ShippedModel.load(Require.given("name", name), Require.given("manager", manager));
    }

    /**
     * Draws images.
     *
     * @param labels one an image, from 0; the number of classes for no class. A network without classes only counts them.
     * @return of shape (N, C, H, W), about from -1 to 1
     */
    public NDArray draw(SamplingPlan plan, NDManager manager, int... labels) {
        return plan.draw(recipe, network, manager, labels);
    }

    /**
     * Draws images that need not follow each other, nor have one seed.
     *
     * @param plan but for its seed, which each image has for itself
     * @param listener is told of each step
     * @return of shape (N, C, H, W), about from -1 to 1; its evaluations are those of the network for an image: guidance by a
     *     class takes two at a time
     */
    public Samples draw(SamplingPlan plan, NDManager manager, StepListener listener, List<PlannedImage> images) {
        return plan.draw(recipe, network, manager, listener, images);
    }

    /** The network as a denoiser, without classes. */
    public Denoiser denoiser() {
        return recipe.denoiser(network());
    }

    /**
     * The network as a denoiser of images of known classes.
     *
     * @param labels int64, one for each image or one for all; must live as long as the denoiser is used
     * @param guidanceScale w of {@link Guided}
     */
    public Denoiser denoiser(NDArray labels, double guidanceScale) {
        return recipe.denoiser(new Guided(network(), labels, guidanceScale));
    }

    /** How it was trained. */
    public RunConfig config() {
        return recipe.config();
    }

    /** What the configuration stands for. */
    public Recipe recipe() {
        return recipe;
    }

    /**
     * The averaged network, where it predicts noise, data or a score.
     *
     * @throws IllegalStateException if it is an energy
     */
    public NeuralField network() {
        if (network instanceof NeuralField field) {
            return field;
        }
        throw new IllegalStateException("this model is an energy, which predicts neither noise nor data: use energy()");
    }

    /**
     * The averaged network, where it is an energy.
     *
     * @throws IllegalStateException if it is none
     */
    public NeuralEnergy energy() {
        if (network instanceof NeuralEnergy energy) {
            return energy;
        }
        throw new IllegalStateException("this model is no energy but predicts noise, data or a score: use network()");
    }

    /** Whether it is an energy. */
    public boolean isEnergy() {
        return recipe.isEnergy();
    }

    /** How many classes it was trained with, 0 for none. */
    public int classes() {
        return network.classes();
    }

    /** The names of the data's classes. */
    public List<String> classNames() {
        return classNames;
    }

    /** Of all that the network is: two models with the same one have the same parameters. */
    public String fingerprint() {
        return Fingerprint.of(network.state());
    }

    /** How many steps it was trained for. */
    public long step() {
        return step;
    }

    /** Frees the network. */
    @Override
    public void close() {
        network.close();
    }
}
