package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;
import org.scorebook.trace.Passages;
import org.scorebook.trace.Recording;
import org.scorebook.trace.TracedStore;

/** A neural network with its arrays: the parameters, which training changes, and whatever else belongs to it. */
public abstract class Network implements AutoCloseable {
    private final NDManager manager;
    private final Block block;
    private final ParameterStore store;
    private final ThreadLocal<ParameterStore> special = new ThreadLocal<>();
    private final Map<String, NDArray> state;
    private final Map<String, NDArray> parameters;
    private final DataType type;
    private final Passages parts;
    private final boolean hasOnlyLayers;

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
        hasOnlyLayers = hasOnlyLayers(block);
        Require.given("block", block);
        manager = Require.given("parent", parent).newSubManager();
        store = new ParameterStore(manager, false);
        parts = new Passages(manager);
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
        ParameterStore mine = special.get();
        return mine == null ? store : mine;
    }

    private static boolean hasOnlyLayers(Block block) {
        return block instanceof Layer && block.getChildren().values().stream().allMatch(Network::hasOnlyLayers);
    }

    /** What the block makes of inputs. Layers of this package are written down once: they have no state in Java, as others may. */
    final NDArray evaluate(NDList inputs, boolean training) {
        if (hasOnlyLayers && store() instanceof TracedStore traced) {
            return parts.value(traced, inputs, training, (known, given) -> block.forward(known, given, training));
        }
        return block.forward(store(), inputs, training).singletonOrThrow();
    }

    /** An input as the network's layers see it now. */
    final NDArray known(NDArray input) {
        return TracedStore.input(store(), input);
    }

    /** The network. */
    public final Block block() {
        return block;
    }

    /** Does some work while the network's layers are watched. */
    final void watched(Layer.Watch watch, Runnable work) {
        with(new Layer.WatchedStore(manager, watch), () -> {
            work.run();
            return null;
        });
    }

    /**
     * Does some work in which what this network computes on this thread is written down, by its parameters too.
     *
     * @throws org.scorebook.trace.Untraceable if it cannot be
     */
    public final <T> T traced(Recording trace, Supplier<T> work) {
        Require.given("work", work);
        return with(new TracedStore(manager, trace), () -> Recording.tried(work));
    }

    private <T> T with(ParameterStore other, Supplier<T> work) {
        ParameterStore before = special.get();
        special.set(other);
        try {
            return work.get();
        } finally {
            special.set(before);
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
