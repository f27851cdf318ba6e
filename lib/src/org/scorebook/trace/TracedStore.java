package org.scorebook.trace;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import org.scorebook.base.Require;

/** Hands a network its parameters as a trace knows them, so that whatever it makes of them is written down. */
public final class TracedStore extends ParameterStore {
    private final Recording trace;

    /** @param manager of the network's parameters */
    public TracedStore(NDManager manager, Recording trace) {
        super(Require.given("manager", manager), false);
        this.trace = Require.given("trace", trace);
    }

    @Override
    public NDArray getValue(Parameter parameter, Device device, boolean training) {
        return trace.constant(super.getValue(parameter, device, training));
    }

    Recording trace() {
        return trace;
    }

    /** An input of the network as its trace knows it; with another store it is itself. */
    public static NDArray input(ParameterStore store, NDArray array) {
        return store instanceof TracedStore traced ? traced.trace.known(array) : array;
    }
}
