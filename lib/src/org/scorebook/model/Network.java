package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.List;
import java.util.Map;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;

/** A neural network with its arrays: the parameters, which training changes, and whatever else belongs to it. */
public abstract class Network implements AutoCloseable {
    private final NDManager manager;
    private final Block block;
    private ParameterStore store;
    private final Map<String, NDArray> state;
    private final Map<String, NDArray> parameters;
    private final DataType type;

    /**
     * Draws the parameters from the engine's random numbers.
     *
     * @param block not used by another network
     * @param parent of the parameters' manager
     * @param inputs shapes of inputs that the block takes
     */
    Network(Block block, NDManager parent, DataType type, Shape... inputs) {
        this.block = block;
        this.type = type;
        Require.given("block", block);
        manager = Require.given("parent", parent).newSubManager();
        store = new ParameterStore(manager, false);
        block.initialize(manager, type, inputs);
        state = StateDict.of(block);
        parameters = StateDict.trained(block);
        parameters.values().forEach(p -> p.setRequiresGradient(true));
    }

    /** Names the type that the network takes where an array has another. */
    final void requireType(String name, NDArray array) {
        ArrayChecks.type(name, array, type);
    }

    final ParameterStore store() {
        return store;
    }

    /** The network. */
    public final Block block() {
        return block;
    }

    /** Does some work while the network's layers are watched. */
    final void watched(Layer.Watch watch, Runnable work) {
        ParameterStore before = store;
        store = new Layer.WatchedStore(manager, watch);
        try {
            work.run();
        } finally {
            store = before;
        }
    }

    /** How many classes it knows; 0 for none. */
    public abstract int classes();

    /** The arrays that training changes, in the network's order. */
    public final List<NDArray> parameters() {
        return List.copyOf(parameters.values());
    }

    /** The names of {@link #parameters}, in the same order. */
    public final List<String> parameterNames() {
        return List.copyOf(parameters.keySet());
    }

    /**
     * All that the network is: the parameters and, where it has some, arrays that no optimizer changes; by the names that
     * PyTorch's {@code state_dict} would give them.
     */
    public final Map<String, NDArray> state() {
        return state;
    }

    /**
     * Copies values into the network's arrays.
     *
     * @param values for each name in {@link #state} an array of its shape
     * @throws IllegalArgumentException if a name is missing or unknown, or a shape differs; nothing is copied then
     */
    public final void load(Map<String, NDArray> values) {
        StateDict.copy(Require.given("values", values), state);
    }

    /**
     * Brings every spectral normalization nearer to the largest singular value of its weight, see
     * {@link org.scorebook.aten.SpectralNorm}. A new network is near, and evaluating changes nothing; training iterates once
     * before each loss. A network whose parameters are an average of others' needs it too before it is used. Does nothing
     * where no weight is normalized.
     *
     * @param times how many power iterations, at least 1
     */
    public final void iteratePower(int times) {
        Require.atLeast("times", times, 1);
        iteratePower(block, times);
    }

    /**
     * As {@link #iteratePower}, but from where another network's iterations have come to: what comes of it does not depend on
     * how often this network was iterated before.
     *
     * @param other of the same shape
     */
    public final void iteratePowerFrom(Network other, int times) {
        Map<String, NDArray> found = Require.given("other", other).state();
        state.forEach((name, array) -> {
            if (!parameters.containsKey(name)) {
                Torch.copy(found.get(name), array);
            }
        });
        iteratePower(times);
    }

    private static void iteratePower(Block block, int times) {
        if (block instanceof Layer layer) {
            layer.iteratePower(times);
        }
        block.getChildren().values().forEach(child -> iteratePower(child, times));
    }

    /** How many numbers training changes. */
    public final long size() {
        return parameters.values().stream().mapToLong(NDArray::size).sum();
    }

    /** Frees the arrays. */
    @Override
    public final void close() {
        manager.close();
    }
}
