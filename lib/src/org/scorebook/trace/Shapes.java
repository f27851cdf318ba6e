package org.scorebook.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.scorebook.aten.Torch;

/** Shapes and types of what operations give: learned once for each kind of arguments, by doing it with zeros. */
final class Shapes {
    private static final Map<Application, ArrayKind> KNOWN = new ConcurrentHashMap<>();

    private Shapes() {}

    /** An operation on arrays with numbers. */
    @FunctionalInterface
    interface Call {
        NDArray of(NDList arrays);
    }

    /** What is known of an array without numbers. */
    record ArrayKind(Shape shape, DataType type) {
        static ArrayKind of(NDArray array) {
            return new ArrayKind(array.getShape(), array.getDataType());
        }
    }

    private record Application(String open, String close, List<ArrayKind> arguments) {}

    static ArrayKind of(String open, NDList arrays, String close, Call call, NDManager manager) {
        Application key =
                new Application(open, close, arrays.stream().map(ArrayKind::of).toList());
        ArrayKind found = KNOWN.get(key);
        if (found == null) {
            found = Torch.untracked(() -> learn(key, call, manager));
            KNOWN.put(key, found);
        }
        return found;
    }

    private static ArrayKind learn(Application key, Call call, NDManager manager) {
        try (NDManager arrays = manager.newSubManager()) {
            NDList zeros = new NDList();
            key.arguments.forEach(kind -> zeros.add(arrays.zeros(kind.shape(), kind.type())));
            try (NDArray result = call.of(zeros)) {
                return ArrayKind.of(result);
            }
        }
    }
}
