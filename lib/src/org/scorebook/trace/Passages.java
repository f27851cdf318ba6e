package org.scorebook.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.scorebook.aten.Convolution;
import org.scorebook.aten.MixedPrecision;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;

/**
 * A network as parts of computations. It is written down once for each kind of inputs, and not again each time that it is used;
 * so it must do the same each time, without state of Java.
 */
public final class Passages {
    private static final int MOST = 20;

    private final NDManager manager;
    private final Map<Circumstances, Passage> known = new ConcurrentHashMap<>();

    private record Circumstances(
            List<Shapes.ArrayKind> inputs,
            boolean training,
            boolean tracking,
            boolean mixed,
            boolean twice,
            boolean differentiated) {}

    /** @param manager of the network's parameters */
    public Passages(NDManager manager) {
        this.manager = Require.given("manager", manager);
    }

    /**
     * The network's value, in a trace.
     *
     * @param store of that trace
     * @param inputs known to that trace
     * @param training whether dropout is on
     * @param network computes with the parameters of a store
     */
    public NDArray value(
            TracedStore store, NDList inputs, boolean training, BiFunction<ParameterStore, NDList, NDList> network) {
        Recording trace = Require.given("store", store).trace();
        Require.given("network", network);
        List<Shapes.ArrayKind> kinds = Require.given("inputs", inputs).stream()
                .map(Shapes.ArrayKind::of)
                .toList();
        Circumstances key = new Circumstances(
                kinds,
                training,
                Torch.isTracking(),
                MixedPrecision.isOn(),
                Convolution.isTwiceDifferentiable(),
                !trace.parameters().isEmpty());
        Passage part = known.get(key);
        if (part == null || !part.fits(trace)) {
            if (known.size() >= MOST) {
                return network.apply(store, inputs).singletonOrThrow();
            }
            part = Passage.of(manager, trace.parameters(), inputs, network);
            known.put(key, part);
        }
        return trace.value(part, inputs);
    }
}
