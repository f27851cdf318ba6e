package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;

/**
 * A part of a network that knows the shapes of its parameters when it is made, as PyTorch's modules do, and maps arrays to
 * an array. A layer made of others gives them names; a parameter's full name, such as {@code mid1.conv1.weight}, is what
 * PyTorch's {@code state_dict} would call it.
 */
abstract class Layer extends AbstractBlock {
    /**
     * What one evaluation of a network hands through its layers.
     *
     * @param training whether dropout is on
     * @param watch is shown what goes into each layer and what comes out
     */
    record Pass(ParameterStore store, boolean training, Watch watch) {
        Pass(ParameterStore store, boolean training) {
            this(store, training, WatchedStore.watch(store));
        }

        NDArray value(Parameter parameter, NDArray x) {
            return store.getValue(parameter, x.getDevice(), training);
        }
    }

    /** Looks at an evaluation from outside. */
    interface Watch {
        void see(Layer layer, boolean isInput, NDArray array);
    }

    /** A store of parameters whose network is watched. */
    static final class WatchedStore extends ParameterStore {
        private final Watch watch;

        WatchedStore(NDManager manager, Watch watch) {
            super(manager, false);
            this.watch = watch;
        }

        static Watch watch(ParameterStore store) {
            return store instanceof WatchedStore watched ? watched.watch : (layer, isInput, array) -> {};
        }
    }

    /** The layer's formula. */
    abstract NDArray compute(Pass pass, NDArray... inputs);

    /** The layer's result; how a layer, or a network, uses another. */
    final NDArray apply(Pass pass, NDArray... inputs) {
        for (NDArray input : inputs) {
            pass.watch().see(this, true, input);
        }
        NDArray result = compute(pass, inputs);
        pass.watch().see(this, false, result);
        return result;
    }

    /** The shape of {@link #compute}'s result. */
    abstract Shape outputShape(Shape... inputs);

    @Override
    protected final NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        return new NDList(apply(new Pass(store, training), inputs.toArray(new NDArray[0])));
    }

    @Override
    public final Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {outputShape(inputs)};
    }

    @Override
    protected final void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        getChildren().values().forEach(child -> child.initialize(manager, type, inputs));
    }

    /** Brings the layer's own normalized weights, if it has any, nearer to what they should be; see {@link SpectralWeight}. */
    void iteratePower(int times) {}

    Parameter parameter(String name, Initializer initializer, long... shape) {
        return addParameter(builder(name, initializer, shape).build());
    }

    /** Numbers that are saved with the parameters, but that no optimizer changes. */
    Parameter buffer(String name, Initializer initializer, long... shape) {
        return addParameter(
                builder(name, initializer, shape).optRequiresGrad(false).build());
    }

    private static Parameter.Builder builder(String name, Initializer initializer, long... shape) {
        return Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optShape(new Shape(shape))
                .optInitializer(initializer);
    }

    /** PyTorch's start of a layer whose outputs are sums over so many inputs: uniform between -1 and 1 over their root. */
    static Initializer uniform(long inputs) {
        float bound = (float) (1 / Math.sqrt(inputs));
        return (manager, shape, type) -> manager.randomUniform(-bound, bound, shape, type);
    }
}
