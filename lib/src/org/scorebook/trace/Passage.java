package org.scorebook.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.scorebook.aten.Torch;

/**
 * A part of computations that is the same each time, written down once as a method of its own.
 *
 * @param kind of its value
 * @param needs methods that it calls
 * @param constants numbers of Java that it has, and then arrays, which live as long as it
 * @param used by which of the parameters it was found
 */
record Passage(
        Shapes.ArrayKind kind,
        Map<String, String> needs,
        String lines,
        NDList constants,
        List<NDArray> parameters,
        boolean[] used) {
    private static final String METHOD = """
            def NAME(self, q: List[Tensor], x: List[Tensor], o: int, c: Tensor, ARGUMENTS) -> Tensor:
            """;

    /**
     * @param parameters by which it may be differentiated
     * @param given of the kinds of its arguments
     * @param network computes with the parameters of a store
     */
    static Passage of(
            NDManager manager,
            List<NDArray> parameters,
            NDList given,
            BiFunction<ParameterStore, NDList, NDList> network) {
        boolean isTracking = Torch.isTracking();
        Recording trace = new Recording(manager, parameters);
        NDList arguments = trace.begin(given, isTracking);
        TracedArray value = trace.own(
                network.apply(new TracedStore(manager, trace), arguments).singletonOrThrow());
        NDList constants = new NDList(trace.numbers("x[]"));
        constants.addAll(trace.constants());
        String lines = METHOD.replace("ARGUMENTS", declared(given.size())) + trace.body(isTracking) + "  return "
                + value.expression() + "\n";
        return new Passage(
                Shapes.ArrayKind.of(value),
                trace.needs(),
                lines,
                constants,
                trace.parameters(),
                trace.used().clone());
    }

    private static String declared(int arguments) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < arguments; i++) {
            text.append(i == 0 ? "" : ", ").append("a").append(i).append(": Tensor");
        }
        return text.toString();
    }

    String method(String name) {
        return lines.replace("NAME", name);
    }

    /** Marks the parameters that it uses. */
    void use(boolean... all) {
        for (int i = 0; i < used.length; i++) {
            all[i] |= used[i];
        }
    }

    /** Whether a trace differentiates by the same parameters. */
    boolean fits(Recording trace) {
        List<NDArray> others = trace.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            if (i >= others.size() || parameters.get(i) != others.get(i)) {
                return false;
            }
        }
        return parameters.size() == others.size();
    }
}
