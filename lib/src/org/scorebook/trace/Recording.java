package org.scorebook.trace;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.scorebook.aten.Autograd;
import org.scorebook.aten.NativeProgram;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;

/**
 * Writes a computation down as TorchScript while Java does it with arrays that have no numbers yet, so that all of it runs in one
 * native call afterwards. The computation is written once, for any {@link NDArray}; it must map arrays to arrays, and ask for no
 * number. It is written down anew each time it is done, so that nothing is assumed of it; equal texts are one program.
 *
 * <pre>Recording trace = new Recording(manager, parameters);
 * NDArray y = network.traced(trace, () -> network.at(trace.known(x), t));   // no number is computed here
 * NDArray result = trace.run(y).get(0);</pre>
 */
public final class Recording {
    /** Takes the numbers of Java to the device, and does not wait until it has done what it was told before. */
    static final String SENT = "  c = torch.to(c, ops.prim.device(x[0]), 7, True, False, None)\n";

    private static final int LARGE = 65_536;
    private static final Map<String, String> PREFIXED = new ConcurrentHashMap<>();

    private final NDManager manager;
    private final TracedManager traced;
    private final Map<NDArray, TracedArray> known = new IdentityHashMap<>();
    private final List<NDArray> parameters;
    private final boolean[] used;
    private final Map<String, String> methods = new LinkedHashMap<>();
    private final Map<Passage, Integer> parts = new IdentityHashMap<>();
    private final StringBuilder body = new StringBuilder();
    private final NDList inputs = new NDList();
    private final Map<String, Consumer<NDArray>> promised = new LinkedHashMap<>();
    private double[] numbers = new double[16];
    private int numberCount;
    private int values;
    private boolean tracking;

    /** @param manager that the results, and arrays which the computation makes, belong to */
    public Recording(NDManager manager) {
        this(manager, List.of());
    }

    /** @param parameters arrays by which a loss is differentiated */
    public Recording(NDManager manager, List<NDArray> parameters) {
        this.manager = Require.given("manager", manager);
        traced = new TracedManager(this, manager);
        this.parameters = List.copyOf(Require.given("parameters", parameters));
        used = new boolean[parameters.size()];
        for (int i = 0; i < used.length; i++) {
            NDArray parameter = parameters.get(i);
            known.put(parameter, array("q[" + i + "]", parameter.getShape(), parameter.getDataType()));
        }
    }

    /** The value of a part of the computation, whose constants are given to the trace with its first use. */
    NDArray value(Passage part, NDList arguments) {
        Integer first = parts.get(part);
        if (first == null) {
            first = inputs.size();
            parts.put(part, first);
            inputs.addAll(part.constants());
            methods.putAll(part.needs());
            methods.put("part" + first, part.method("part" + first));
        }
        part.use(used);
        String name = name("(self).part" + first + "(q, x, " + (first + 1) + ", x[o + " + first + "], "
                + expressions(arguments) + ", )");
        return array(name, part.kind().shape(), part.kind().type());
    }

    /** What a part begins with: the arrays that it is given, and the state of autograd. */
    NDList begin(NDList given, boolean isTracking) {
        tracking = isTracking;
        NDList arguments = new NDList();
        for (int i = 0; i < given.size(); i++) {
            arguments.add(array("a" + i, given.get(i).getShape(), given.get(i).getDataType()));
        }
        return arguments;
    }

    List<NDArray> parameters() {
        return parameters;
    }

    Map<String, String> needs() {
        return methods;
    }

    boolean[] used() {
        return used;
    }

    NDList constants() {
        return inputs;
    }

    /** An array with numbers, as the computation that is written down knows it. */
    public NDArray known(NDArray array) {
        if (Require.given("array", array) instanceof TracedArray) {
            return array;
        }
        TracedArray already = known.get(array);
        if (already != null) {
            return already;
        }
        if (used.length > 0 && Autograd.isTracked(array)) {
            throw new Untraceable("the loss has a part that was computed at once, and depends on what is trained");
        }
        return input(array, array.hasGradient() || array.size() > LARGE);
    }

    /** As {@link #known}, for an array of a network: it is a constant where nothing is differentiated by it. */
    public NDArray constant(NDArray array) {
        TracedArray already = known.get(Require.given("array", array));
        return already == null ? input(array, true) : already;
    }

    /** @param lasts whether its memory is there until the trace runs; that of numbers from Java goes when their array is closed */
    private TracedArray input(NDArray array, boolean lasts) {
        NDArray input = lasts ? NativeProgram.named("x[]", array) : array.duplicate();
        input.setName("x[]");
        input.attach(manager);
        inputs.add(input);
        TracedArray read = array("x[o + " + (inputs.size() - 1) + "]", array.getShape(), array.getDataType());
        known.put(array, read);
        return read;
    }

    /** Numbers of Java, which may be others next time without making another program. */
    TracedArray numbers(double[] given, Shape shape, DataType type) {
        while (numbers.length < numberCount + given.length) {
            numbers = Arrays.copyOf(numbers, 2 * numbers.length);
        }
        System.arraycopy(given, 0, numbers, numberCount, given.length);
        String read = shape.isScalar()
                ? "torch.select(c, 0, " + numberCount + ")"
                : "torch.reshape(torch.slice(c, 0, " + numberCount + ", " + (numberCount + given.length) + ", 1), "
                        + TracedArray.list(shape.getShape()) + ")";
        numberCount += given.length;
        String close = ", " + TracedArray.code(type) + ", False, False, None)";
        return array(type == DataType.FLOAT64 ? read : "torch.to(" + read + close, shape, type);
    }

    /** Normal numbers of the engine, drawn when the trace runs. */
    TracedArray normal(float mean, float deviation, Shape shape, DataType type) {
        String memory =
                "torch.new_empty(c, " + TracedArray.list(shape.getShape()) + ", dtype=" + TracedArray.code(type) + ")";
        String drawn = "torch.normal_(" + memory + ", " + TracedArray.literal(mean) + ", "
                + TracedArray.literal(deviation) + ")";
        return array(name(drawn), shape, type);
    }

    /** A loop. Its work is written down twice, to see that it is the same each time. */
    TracedArray repeated(int times, TracedArray start, UnaryOperator<NDArray> work) {
        TracedArray place = array(name(start.expression()), start.getShape(), start.getDataType());
        int value = values;
        int number = numberCount;
        String lines = round(place, work);
        double[] constants = Arrays.copyOfRange(numbers, number, numberCount);
        values = value;
        numberCount = number;
        boolean isSame = lines.equals(round(place, work));
        if (!isSame || !Arrays.equals(constants, Arrays.copyOfRange(numbers, number, numberCount))) {
            throw new Untraceable("work that is repeated is not the same each time");
        }
        write("  for i in range(" + times + "):\n" + lines.indent(2));
        return place;
    }

    /** The lines of one round, which are left to be written. */
    private String round(TracedArray place, UnaryOperator<NDArray> work) {
        int length = body.length();
        boolean isTracking = Torch.isTracking();
        TracedArray end = own(work.apply(place));
        if (!Shapes.ArrayKind.of(end).equals(Shapes.ArrayKind.of(place))) {
            throw new Untraceable("work that is repeated gives arrays of another kind");
        }
        track(isTracking);
        String lines = body.substring(length) + "  " + place.expression() + " = " + end.expression() + "\n";
        body.setLength(length);
        return lines;
    }

    /** An array whose numbers somebody waits for. */
    void promise(TracedArray array, Consumer<NDArray> taker) {
        if (used.length == 0) {
            throw new Untraceable("numbers are waited for that only an optimizer's step gives");
        }
        promised.merge(array.expression(), taker, Consumer::andThen);
    }

    Map<String, Consumer<NDArray>> promised() {
        return promised;
    }

    private TracedArray array(String expression, Shape shape, DataType type) {
        return new TracedArray(this, traced, expression, shape, type);
    }

    /** The value of an expression of some arrays. */
    TracedArray value(String open, NDList arrays, String close, Shapes.Call call) {
        Shapes.ArrayKind kind = Shapes.of(open, arrays, close, call, manager);
        return array(name(open + expressions(arrays) + close), kind.shape(), kind.type());
    }

    /** A list of values of an expression of one array. */
    NDList list(String open, NDArray array, String close, List<Shape> shapes) {
        String name = name(open + ((TracedArray) array).expression() + close);
        NDList results = new NDList();
        for (int i = 0; i < shapes.size(); i++) {
            results.add(array(name + "[" + i + "]", shapes.get(i), array.getDataType()));
        }
        return results;
    }

    TracedArray call(String module, String source, String method, NDList arrays, Shapes.Call call) {
        NDList all = new NDList();
        arrays.forEach(a -> all.add(known(a)));
        methods.computeIfAbsent(
                module, name -> PREFIXED.computeIfAbsent(name, known -> prefixed(known + "__", source)));
        return value("(self)." + module + "__" + method + "(", all, ", )", call);
    }

    private static String prefixed(String prefix, String source) {
        return source.replace("def ", "def " + prefix).replace("(self).", "(self)." + prefix);
    }

    private String expressions(NDList arrays) {
        StringBuilder text = new StringBuilder();
        for (NDArray array : arrays) {
            TracedArray one = (TracedArray) array;
            if (one.owner() != this) {
                throw new Untraceable("an array of another trace is used");
            }
            if (one.expression().startsWith("q[")) {
                used[
                        Integer.parseInt(
                                one.expression().substring(2, one.expression().length() - 1))] = true;
            }
            text.append(text.isEmpty() ? "" : ", ").append(one.expression());
        }
        return text.toString();
    }

    private String name(String expression) {
        track(Torch.isTracking());
        String name = "v" + values++;
        body.append("  ").append(name).append(" = ").append(expression).append('\n');
        return name;
    }

    /** What autograd records while Java works, it records natively. */
    private void track(boolean on) {
        if (tracking != on) {
            tracking = on;
            body.append("  torch.set_grad_enabled(")
                    .append(on ? "True" : "False")
                    .append(")\n");
        }
    }

    /** Gradients by the parameters, of losses that {@link GradientSteps#plus} adds. */
    public GradientSteps gradients() {
        return new GradientSteps(this);
    }

    void requireAllUsed() {
        for (int i = 0; i < used.length; i++) {
            if (!used[i]) {
                throw new Untraceable("parameter " + i + " of " + used.length + " was not used by way of its store");
            }
        }
    }

    /** Adds lines as they are. */
    void write(String lines) {
        body.append(lines);
    }

    TracedArray own(NDArray array) {
        if (array instanceof TracedArray mine && mine.owner() == this) {
            return mine;
        }
        throw new Untraceable("the result does not depend on what is traced");
    }

    /**
     * Computes arrays of this trace, with numbers then. The trace is used up.
     *
     * @throws IllegalStateException if it has parameters: what is differentiated by them an optimizer computes
     */
    public NDList run(NDArray... results) {
        if (used.length > 0) {
            throw new IllegalStateException("a trace with parameters is for gradients() only");
        }
        StringBuilder names = new StringBuilder();
        for (NDArray result : Require.given("results", results)) {
            names.append(names.isEmpty() ? "" : ", ").append(own(result).expression());
        }
        track(false);
        String program = methods() + "def run(self, c: Tensor, x: List[Tensor]) -> List[Tensor]:\n" + "  o = 0\n"
                + "  q = annotate(List[Tensor], [])\n" + SENT + body
                + "  return [" + names + "]\n";
        NDList all = new NDList(numbersOnHost());
        all.addAll(inputs());
        return Torch.untracked(() -> NativeProgram.run(program, all));
    }

    String methods() {
        return String.join("", methods.values());
    }

    String body() {
        return body(false);
    }

    /** @param isTracking whether autograd records when it has ended */
    String body(boolean isTracking) {
        track(isTracking);
        return body.toString();
    }

    /** {@code c}, the numbers of Java, which go to the device as the program's first line does it. */
    NDArray numbersOnHost() {
        try (NDManager host = manager.newSubManager(Device.cpu())) {
            NDArray all = numbers("c", host);
            all.attach(manager);
            return all;
        }
    }

    /** Its arrays under the name {@code x[]}, at least one. */
    NDList inputs() {
        return inputs.isEmpty() ? new NDList(NativeProgram.named("x[]", manager.create(0f))) : inputs;
    }

    NDArray numbers(String name) {
        return numbers(name, manager);
    }

    private NDArray numbers(String name, NDManager owner) {
        NDArray all = owner.create(Arrays.copyOf(numbers, Math.max(1, numberCount)));
        all.setName(name);
        return all;
    }

    /**
     * Tries work that is written down.
     *
     * @throws Untraceable if it asks for a number, or for an operation that there is no way to write
     */
    public static <T> T tried(Supplier<T> work) {
        try {
            return Require.given("work", work).get();
        } catch (Untraceable e) {
            throw e;
        } catch (UnsupportedOperationException | ClassCastException e) {
            throw new Untraceable("an operation cannot be written down (" + where(e) + ")");
        }
    }

    /** The operation that refused, by its name. */
    private static String where(RuntimeException e) {
        StackTraceElement[] stack = e.getStackTrace();
        return stack.length == 0 ? e.getClass().getSimpleName() : stack[0].getMethodName();
    }
}
