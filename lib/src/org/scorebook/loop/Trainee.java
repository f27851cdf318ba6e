package org.scorebook.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.scorebook.data.Batch;
import org.scorebook.data.ImageSet;
import org.scorebook.model.Network;
import org.scorebook.train.Checkpoint;

/** A network in training, with what depends on its kind: its loss, its figures, and what its checkpoints hold besides it. */
interface Trainee {
    /** The network whose parameters move. */
    Network network();

    /** The averaged network, which samples are drawn from and which is evaluated. */
    Network average();

    /**
     * Adds the gradient of {@code share} times the loss of a batch.
     *
     * @param arrays for what the step needs
     * @param random of this step
     * @return the loss, which may be NaN or infinite
     */
    double add(Batch batch, NDManager arrays, double share, RandomGenerator random);

    /** Forgets the gradients. */
    void skip();

    /** The loss of the averaged network on images that are not trained on; the same network gives the same value. */
    double evaluate(ImageSet set, NDManager manager);

    /** What the metrics say of the last step besides the loss. */
    default Map<String, Double> figures() {
        return Map.of();
    }

    /** A sentence when the training runs away and should go back; to be asked after each step. */
    default Optional<String> trouble(long step, double gradientNorm) {
        return Optional.empty();
    }

    /** Parts of a checkpoint besides the networks and the optimizer. */
    default Map<String, Map<String, NDArray>> parts() {
        return Map.of();
    }

    /** Puts what is no array into the checkpoint's state. */
    default void write(JsonObject state) {}

    /** Goes on from what {@link #parts} and {@link #write} have saved. */
    default void restore(Checkpoint checkpoint, NDManager arrays) throws IOException {}
}
