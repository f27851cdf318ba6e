package org.scorebook.optim;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.scorebook.aten.NativeProgram;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;
import org.scorebook.capture.GraphCapture;

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
    private final AdamWArrays kept;
    private final double weightDecay;
    private final double clipNorm;
    private RepeatedProgram repeated;
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
        this.manager = Require.given("manager", manager);
        kept = new AdamWArrays(manager, parameters);
        Require.notNegative("weightDecay", weightDecay);
        if (!(clipNorm > 0)) {
            throw new IllegalArgumentException("clipNorm must be positive, but is " + clipNorm);
        }
        this.weightDecay = weightDecay;
        this.clipNorm = clipNorm;
        onDevice = kept.areOnGpu();
    }

    /**
     * Keeps an average of the parameters.
     *
     * @param arrays where it is kept, one for each parameter; they begin as what they are
     * @param decay from 0, no memory, to below 1
     */
    public AdamW averaging(List<NDArray> arrays, double decay) {
        Require.below("decay", decay, 1);
        kept.average(arrays);
        forgetGraphs();
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
     * Lets the device repeat steps with a loss as graphs: a step is recorded once its program has run a few times, and the host then
     * sends its numbers alone. Steps are the same. Goes with {@link #onDevice}.
     *
     * @param capture of the parameters' device
     */
    public AdamW repeated(GraphCapture capture) {
        Require.given("capture", capture);
        forgetGraphs();
        repeated = new RepeatedProgram(manager, capture);
        return onDevice();
    }

    /** Why steps that are to be {@link #repeated} are not, as one clause; empty where nothing stands in the way so far. */
    public String graphObstacle() {
        return repeated == null ? "" : repeated.obstacle();
    }

    /** Frees the graphs of {@link #repeated}; steps after that make new ones. */
    public void forgetGraphs() {
        if (repeated != null) {
            repeated.clear();
        }
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
            NDList inputs = kept.with(kept.gradients(arrays));
            inputs.add(settings(host, learningRate));
            NDArray norm = run(program().byGradients(), inputs, arrays);
            double value = norm.toType(DataType.FLOAT64, false).getDouble();
            steps += Double.isFinite(value) ? 1 : 0;
            return value;
        }
    }

    private NDArray settings(NDManager host, double learningRate) {
        return host.create(new double[] {learningRate, clipNorm, 1 - decayNow()});
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
            NDArray settings = settings(host, learningRate);
            settings.setName("settings");
            NDList fresh = new NDList(settings);
            fresh.addAll(loss.inputs());
            String program = loss.methods() + program().whole(loss.body());
            NDList found = Torch.untracked(() -> found(program, fresh));
            found.attach(manager);
            begun++;
            steps++;
            return new Pending(loss, found);
        }
    }

    private AdamWProgram program() {
        return new AdamWProgram(onDevice, kept.haveAverage(), weightDecay, beta1);
    }

    private NDList found(String program, NDList fresh) {
        if (repeated != null) {
            return repeated.run(program, kept.withHalted(), fresh);
        }
        NDList inputs = kept.withHalted();
        inputs.addAll(fresh);
        return NativeProgram.run(program, inputs);
    }

    /**
     * Waits for all steps that were begun.
     *
     * @param pending in their order
     * @return their numbers up to those of the first that is not finite, which was not taken, nor was any after it
     */
    public List<Taken> settle(List<Pending> pending) {
        if (Require.given("pending", pending).size() != begun || begun == 0) {
            throw new IllegalArgumentException(
                    "pending must have each step that was begun, " + begun + " of them, but has " + pending.size());
        }
        try (NDManager arrays = manager.newSubManager()) {
            pending.forEach(step -> step.found.attach(arrays));
            NDList pairs =
                    new NDList(pending.stream().map(step -> step.found.get(0)).toList());
            double[] numbers = NDArrays.stack(pairs).toDoubleArray();
            List<Taken> taken = new ArrayList<>();
            boolean isFinite = true;
            for (int i = 0; i < begun && isFinite; i++) {
                taken.add(new Taken(numbers[2 * i], numbers[2 * i + 1]));
                isFinite = Double.isFinite(numbers[2 * i + 1]);
                if (isFinite) {
                    pending.get(i).tell();
                }
            }
            if (!isFinite) {
                steps -= begun - (taken.size() - 1);
                kept.goOn();
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
        return kept.state(names);
    }

    /**
     * Goes on from a {@link #state}, whose arrays are copied.
     *
     * @throws IllegalArgumentException if an array is missing, unknown, of another shape or negative where none can be; nothing
     *     is copied then
     */
    public void restore(Map<String, NDArray> saved, List<String> names) {
        steps = kept.restore(saved, names);
    }

    /** Sets the gradients to zero without a step, for instance because they are not finite. */
    public void clearGradients() {
        try (NDManager arrays = manager.newSubManager()) {
            run(AdamWProgram.CLEAR, kept.gradients(arrays), arrays);
        }
    }

    private static NDArray run(String program, NDList inputs, NDManager arrays) {
        NDList found = NativeProgram.run(program, inputs);
        found.attach(arrays);
        return found.singletonOrThrow();
    }
}
