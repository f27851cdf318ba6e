package org.scorebook.optim;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebook.aten.NativeProgram;
import org.scorebook.capture.GraphCapture;
import org.scorebook.capture.GraphCapture.CapturedGraph;
import org.scorebook.capture.GraphCapture.GraphRefused;

/**
 * Programs that run again and again, each with some arrays that stay and others that are new each time. After a few runs one is
 * recorded as a graph of the device, which reads the new arrays where they are copied to.
 */
final class RepeatedProgram {
    /** Before one is recorded: libraries load, choose and allocate in their first runs, which cannot be. */
    static final int RUNS_BEFORE = 3;

    /** Each graph has the memory of a step; the last batch of an epoch may be smaller, which is another program. */
    private static final int MOST = 3;

    private static final String COPY = """
            def run(self, d: List[Tensor], s: List[Tensor]) -> List[Tensor]:
              torch._foreach_copy_(d, s, True)
              return [torch.__getitem__(d, 0)]
            """;

    private final NDManager manager;
    private final GraphCapture capture;
    private final Map<List<Object>, Repeated> known = new LinkedHashMap<>(8, 0.75f, true); // by their last use
    private String obstacle = "";

    /** @param manager for arrays on the device */
    RepeatedProgram(NDManager manager, GraphCapture capture) {
        this.manager = manager;
        this.capture = capture;
    }

    /**
     * The program's results.
     *
     * @param stays the same arrays each time
     * @param fresh what follows them; of the same shapes and types as long as the program is to be the same
     */
    NDList run(String program, NDList stays, NDList fresh) {
        Repeated repeated = known.computeIfAbsent(key(program, fresh), key -> new Repeated());
        forget();
        repeated.runs++;
        if (repeated.graph == null && obstacle.isEmpty() && repeated.runs > RUNS_BEFORE) {
            record(program, stays, fresh, repeated);
        }
        return repeated.graph == null ? NativeProgram.run(program, joined(stays, fresh)) : replayed(fresh, repeated);
    }

    /** Why nothing is recorded, as one clause; empty where it is, or no program has run often enough. */
    String obstacle() {
        return obstacle;
    }

    private static List<Object> key(String program, NDList fresh) {
        List<Object> key = new ArrayList<>();
        key.add(program);
        for (NDArray array : fresh) {
            key.add(array.getShape());
            key.add(array.getDataType());
        }
        return key;
    }

    private void record(String program, NDList stays, NDList fresh, Repeated repeated) {
        try {
            for (NDArray array : fresh) {
                NDArray place = manager.zeros(array.getShape(), array.getDataType());
                place.setName(array.getName());
                repeated.places.add(place);
            }
            repeated.graph = capture.capture(() -> NativeProgram.run(program, joined(stays, repeated.places)));
        } catch (GraphRefused | EngineException e) { // the latter where the device has no memory for the places
            obstacle = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            repeated.close();
        }
    }

    private NDList replayed(NDList fresh, Repeated repeated) {
        NDList copying = renamed("d[]", repeated.places);
        copying.addAll(renamed("s[]", fresh));
        try (NDManager arrays = manager.newSubManager()) {
            copying.attach(arrays);
            NativeProgram.run(COPY, copying);
        }
        NDList results = new NDList();
        repeated.graph.replay().forEach(result -> results.add(result.duplicate()));
        return results;
    }

    private static NDList renamed(String name, NDList arrays) {
        NDList all = new NDList();
        arrays.forEach(array -> all.add(NativeProgram.named(name, array)));
        return all;
    }

    private static NDList joined(NDList stays, NDList fresh) {
        NDList all = new NDList(stays);
        all.addAll(fresh);
        return all;
    }

    private void forget() {
        Iterator<Repeated> eldest = known.values().iterator();
        while (known.size() > MOST) {
            Repeated old = eldest.next();
            eldest.remove();
            old.close();
        }
    }

    /** Frees the graphs; programs are recorded anew when they have run again. */
    void clear() {
        known.values().forEach(Repeated::close);
        known.clear();
    }

    private static final class Repeated {
        private int runs;
        private final NDList places = new NDList();
        private CapturedGraph graph;

        private void close() {
            if (graph != null) {
                graph.close();
            }
            places.forEach(NDArray::close);
            places.clear();
        }
    }
}
