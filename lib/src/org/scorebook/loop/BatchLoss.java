package org.scorebook.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.scorebook.data.Batch;
import org.scorebook.data.ImageSet;
import org.scorebook.model.Network;
import org.scorebook.train.Checkpoint;
import org.scorebook.train.OneCall;
import org.scorebook.train.TrainingState;

/**
 * The loss that a run trains with, which depends on the kind of network, and what belongs to it: its figures and what it
 * remembers from step to step.
 */
interface BatchLoss {
    /**
     * Adds the gradient of {@code share} times the loss of a batch to what the network's parameters have.
     *
     * @param arrays for what the step needs
     * @param random of this step
     * @return the loss, which may be NaN or infinite
     */
    double backward(Batch batch, NDManager arrays, double share, RandomGenerator random);

    /**
     * The same loss, with the same random numbers, for a step in one native call.
     *
     * @return evaluates the loss
     */
    OneCall.Deferred deferred(Batch batch, NDManager arrays, RandomGenerator random);

    /** Whether a step needs nothing that the one before has found but the parameters, so that several can be begun at once. */
    default boolean canRunAhead() {
        return false;
    }

    /**
     * The loss of a network on images that are not trained on; the same network gives the same value.
     *
     * @param network of the kind that is trained, for instance its average
     */
    double evaluate(Network network, ImageSet set, NDManager manager);

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

    /** The state with what is no array of what the loss remembers. */
    default TrainingState complete(TrainingState state) {
        return state;
    }

    /** Goes on from what {@link #parts} and {@link #complete} have saved. */
    default void restore(Checkpoint checkpoint, NDManager arrays) throws IOException {}
}
