package org.scorebook.optim;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.aten.Autograd;
import org.scorebook.aten.NativeProgram;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;

/**
 * Adam with decoupled weight decay, for all parameters in one native call:
 *
 * <pre>m = beta1 m + (1 - beta1) g,   v = beta2 v + (1 - beta2) g^2
 * p = p - lr (weightDecay p + m / (1 - beta1^k) / (sqrt(v / (1 - beta2^k)) + 1e-8))   in step k</pre>
 *
 * with beta1 = 0.9, beta2 = 0.999 and, before that, the gradient scaled down where its norm over all parameters is above a
 * limit. The gradients are zero after a step. Without weight decay it is Adam.
 *
 * <p>An average of the parameters over the steps may be kept, {@code a = d a + (1 - d) p} after each step, with
 * {@code d = min(decay, (1 + k) / (10 + k))}: samples of the averaged network are better.
 *
 * <p>Source: Kingma and Ba, Adam (2015), algorithm 1; Loshchilov and Hutter, Decoupled Weight Decay Regularization (2019),
 * algorithm 2; Pascanu, Mikolov, Bengio, On the Difficulty of Training Recurrent Neural Networks (2013), algorithm 1;
 * Ho, Jain, Abbeel (2020), appendix B, for the average.
 */
public final class AdamW {
    private final NDManager manager;
    private final List<NDArray> parameters;
    private final NDList values = new NDList();
    private final double weightDecay;
    private final double clipNorm;
    private final NDList moments = new NDList();
    private final NDList averages = new NDList();
    private final NDArray halted;
    private double averageDecay;
    private double beta1 = 0.9;
    private long steps;
    private int begun;
    private boolean onDevice;

    /**
     * @param manager that the moments belong to
     * @param parameters tracked arrays
     * @param weightDecay 0 or more
     * @param clipNorm the largest norm of all gradients together, positive; infinite for no limit
     */
    public AdamW(NDManager manager, List<NDArray> parameters, double weightDecay, double clipNorm) {
        Require.given("manager", manager);
        if (Require.given("parameters", parameters).isEmpty()) {
            throw new IllegalArgumentException("parameters must have at least one array, but is empty");
        }
        for (int i = 0; i < parameters.size(); i++) {
            String name = "parameters.get(" + i + ")";
            if (!Autograd.isTracked(ArrayChecks.floating(name, parameters.get(i)))) {
                throw new IllegalArgumentException(
                        name + " must be tracked, but is not: " + name + ".setRequiresGradient(true) makes it so");
            }
        }
        Require.notNegative("weightDecay", weightDecay);
        if (!(clipNorm > 0)) {
            throw new IllegalArgumentException("clipNorm must be positive, but is " + clipNorm);
        }
        this.manager = manager;
        this.parameters = List.copyOf(parameters);
        this.weightDecay = weightDecay;
        this.clipNorm = clipNorm;
        onDevice = parameters.get(0).getDevice().isGpu();
        parameters.forEach(p -> values.add(named("p[]", untracked(p))));
        parameters.forEach(p -> moments.add(named("m[]", manager.zeros(p.getShape(), p.getDataType()))));
        parameters.forEach(p -> moments.add(named("v[]", manager.zeros(p.getShape(), p.getDataType()))));
        parameters.forEach(p -> moments.add(named("k[]", manager.zeros(new Shape(), DataType.FLOAT32))));
        halted = named("h", manager.zeros(new Shape(), DataType.FLOAT32));
    }

    /** The same memory under another name: autograd refuses changes in place to a tracked leaf. */
    private NDArray untracked(NDArray parameter) {
        NDArray alias = parameter.stopGradient();
        alias.attach(manager);
        return alias;
    }

    private static NDArray named(String name, NDArray array) {
        array.setName(name);
        return array;
    }

    /**
     * Keeps an average of the parameters.
     *
     * @param arrays where it is kept, one for each parameter; they begin as what they are
     * @param decay from 0, no memory, to below 1
     */
    public AdamW averaging(List<NDArray> arrays, double decay) {
        requireAsMany("arrays", arrays);
        for (int i = 0; i < arrays.size(); i++) {
            String at = ".get(" + i + ")";
            NDArray parameter = parameters.get(i);
            ArrayChecks.fitting("arrays" + at, arrays.get(i), parameter.getShape(), "parameters" + at, parameter);
        }
        Require.below("decay", decay, 1);
        averages.clear();
        arrays.forEach(a -> averages.add(named("a[]", untracked(a))));
        averageDecay = decay;
        return this;
    }

    /**
     * Sets beta1, the memory of the mean gradient, which is 0.9 without this.
     *
     * @param decay from 0, no memory, to below 1
     */
    public AdamW beta1(double decay) {
        Require.below("decay", decay, 1);
        beta1 = decay;
        return this;
    }

    /**
     * Lets the device decide whether a step is clipped or skipped, as a GPU does without this, for which the host would wait. On a CPU
     * the host decides: the same without branches takes the optimizer 1.4 times as long.
     */
    public AdamW onDevice() {
        onDevice = true;
        return this;
    }

    /**
     * Moves the parameters against their gradients and clears these. Where the norm is not finite nothing is changed, not even
     * the gradients, so that these can be looked at. Not inside a gradient collector.
     *
     * @param learningRate lr, 0 or more
     * @return the norm of all gradients together, before clipping; NaN or infinite where some of them are
     */
    public double step(double learningRate) {
        Require.notNegative("learningRate", learningRate);
        try (NDManager arrays = manager.newSubManager();
                NDManager host = manager.newSubManager(Device.cpu())) {
            NDList inputs = new NDList(values);
            inputs.addAll(gradients(arrays));
            inputs.addAll(moments);
            inputs.addAll(averages);
            inputs.add(settings(host, learningRate));
            NDArray norm = run(AdamWProgram.byGradients(onDevice, !averages.isEmpty()), inputs, arrays);
            double value = norm.toType(DataType.FLOAT64, false).getDouble();
            steps += Double.isFinite(value) ? 1 : 0;
            return value;
        }
    }

    private NDArray settings(NDManager host, double learningRate) {
        return host.create(new double[] {learningRate, weightDecay, clipNorm, 1 - decayNow(), beta1});
    }

    /**
     * Computes a loss and its gradients and takes the step, all in one native call. Where loss or norm is not finite nothing is
     * changed. The gradients that the parameters have are neither used nor changed.
     *
     * @param learningRate lr, 0 or more
     */
    public Taken step(LossProgram loss, double learningRate) {
        return settle(List.of(begin(loss, learningRate))).get(0);
    }

    /**
     * Begins a step as {@link #step(LossProgram, double)} takes it, and waits for no number: those of several, one after another, are
     * asked for together in {@link #settle}. After one that is not finite the next ones change nothing either.
     *
     * @param learningRate lr, 0 or more
     * @return for {@link #settle}, before anything else is asked of this optimizer
     * @throws IllegalStateException if one is on its way, and the device does not decide by itself whether it is taken
     */
    public Pending begin(LossProgram loss, double learningRate) {
        Require.given("loss", loss);
        Require.notNegative("learningRate", learningRate);
        if (begun > 0 && !onDevice) {
            throw new IllegalStateException(
                    "a step was begun on a device that does not decide by itself: settle it first");
        }
        try (NDManager host = manager.newSubManager(Device.cpu())) {
            NDList inputs = new NDList(values);
            inputs.addAll(moments);
            inputs.addAll(averages);
            inputs.add(halted);
            inputs.add(settings(host, learningRate));
            inputs.addAll(loss.inputs());
            String program = loss.methods() + AdamWProgram.whole(onDevice, !averages.isEmpty(), loss.body());
            NDList found = Torch.untracked(() -> NativeProgram.run(program, inputs));
            found.attach(manager);
            begun++;
            steps++;
            return new Pending(loss, found);
        }
    }

    /**
     * Waits for all steps that were begun.
     *
     * @param all in their order
     * @return their numbers up to those of the first that is not finite, which was not taken, nor was any after it
     */
    public List<Taken> settle(List<Pending> all) {
        if (Require.given("all", all).size() != begun || begun == 0) {
            throw new IllegalArgumentException(
                    "all must have each step that was begun, " + begun + " of them, but has " + all.size());
        }
        try (NDManager arrays = manager.newSubManager()) {
            all.forEach(step -> step.found.attach(arrays));
            NDList pairs =
                    new NDList(all.stream().map(step -> step.found.get(0)).toList());
            double[] numbers = NDArrays.stack(pairs).toDoubleArray();
            List<Taken> taken = new ArrayList<>();
            boolean isFinite = true;
            for (int i = 0; i < begun && isFinite; i++) {
                taken.add(new Taken(numbers[2 * i], numbers[2 * i + 1]));
                isFinite = Double.isFinite(numbers[2 * i + 1]);
                if (isFinite) {
                    all.get(i).tell();
                }
            }
            if (!isFinite) {
                steps -= begun - (taken.size() - 1);
                Torch.copy(arrays.zeros(new Shape()), halted);
            }
            return taken;
        } finally {
            begun = 0;
        }
    }

    /** A step that is on its way. */
    public static final class Pending {
        private final LossProgram loss;
        private final NDList found;

        private Pending(LossProgram loss, NDList found) {
            this.loss = loss;
            this.found = found;
        }

        private void tell() {
            loss.taken(new NDList(found.subList(1, found.size())));
        }
    }

    /**
     * A step in one call.
     *
     * @param loss before the step
     * @param norm of all gradients together, before clipping; not finite where the loss is not
     */
    public record Taken(double loss, double norm) {}

    private double decayNow() {
        return Math.min(averageDecay, (2.0 + steps) / (11.0 + steps)); // of the step that comes, k = steps + 1
    }

    /** How many steps were taken. */
    public long steps() {
        return steps;
    }

    /**
     * All that the optimizer remembers, as it is now and not as a copy, by the names that PyTorch's optimizer uses:
     * {@code exp_avg.NAME} for m, {@code exp_avg_sq.NAME} for v and {@code step.NAME} for k.
     *
     * @param names of the parameters
     */
    public Map<String, NDArray> state(List<String> names) {
        requireAsMany("names", names);
        Map<String, NDArray> state = new LinkedHashMap<>();
        int n = parameters.size();
        for (int i = 0; i < n; i++) {
            state.put("exp_avg." + names.get(i), moments.get(i));
            state.put("exp_avg_sq." + names.get(i), moments.get(n + i));
            state.put("step." + names.get(i), moments.get(2 * n + i));
        }
        return state;
    }

    /**
     * Goes on from a {@link #state}, whose arrays are copied.
     *
     * @throws IllegalArgumentException if an array is missing, unknown, of another shape or negative where none can be; nothing
     *     is copied then
     */
    public void restore(Map<String, NDArray> saved, List<String> names) {
        Map<String, NDArray> state = state(names);
        if (!Require.given("saved", saved).keySet().equals(state.keySet())) {
            throw new IllegalArgumentException("saved must have the " + state.size() + " arrays of " + names.size()
                    + " parameters, but has " + saved.size() + ", not all of them or others");
        }
        state.forEach((name, array) -> requireFit(name, saved.get(name), array.getShape()));
        state.forEach((name, array) -> Torch.copy(saved.get(name), array));
        steps = (long) moments.get(2 * parameters.size())
                .toType(DataType.FLOAT32, true)
                .getFloat();
    }

    private void requireAsMany(String name, List<?> given) {
        if (Require.given(name, given).size() != parameters.size()) {
            throw new IllegalArgumentException(
                    name + " must be as many as the " + parameters.size() + " parameters, but are " + given.size());
        }
    }

    private static void requireFit(String name, NDArray array, Shape shape) {
        if (!array.getShape().equals(shape)) {
            throw new IllegalArgumentException(name + " must have shape " + shape + ", but has " + array.getShape());
        }
        try (NDArray negative = array.lt(0);
                NDArray any = negative.any()) {
            if (!name.startsWith("exp_avg.") && any.getBoolean()) {
                throw new IllegalArgumentException(name + " must not be negative, but has an element that is");
            }
        }
    }

    /** Sets the gradients to zero without a step, for instance because they are not finite. */
    public void clearGradients() {
        try (NDManager arrays = manager.newSubManager()) {
            run(AdamWProgram.CLEAR, gradients(arrays), arrays);
        }
    }

    private static NDArray run(String program, NDList inputs, NDManager arrays) {
        NDList found = NativeProgram.run(program, inputs);
        found.attach(arrays);
        return found.singletonOrThrow();
    }

    private NDList gradients(NDManager arrays) {
        NDList gradients = new NDList();
        for (NDArray p : parameters) {
            NDArray gradient = p.getGradient();
            gradient.attach(arrays);
            gradients.add(named("g[]", gradient));
        }
        return gradients;
    }
}
