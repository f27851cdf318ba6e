package org.scorebook.aten;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.scorebook.base.Require;

/** Starts DJL's PyTorch engine quietly and in a known state. */
public final class Torch {
    private Torch() {}

    private static final AtenModule MODULE = AtenModule.of("Copy", """
            def copy(self, to: Tensor, values: Tensor) -> Tensor:
              return torch.copy_(to, values)
            def rows(self, to: Tensor, rows: Tensor, values: Tensor) -> Tensor:
              return torch.index_copy_(to, 0, rows, values)
            def finite(self, x: Tensor) -> Tensor:
              return torch.all(torch.isfinite(x))
            """);

    /**
     * A manager on the best device there is, with the engine's random numbers seeded. Outside a gradient collector nothing
     * is tracked on this thread afterwards: PyTorch keeps that switch by thread, and DJL turns it off only on the thread
     * that happens to load the engine.
     *
     * @param seed of {@code randomNormal} and the like; the same seed gives the same numbers on a CPU
     */
    public static NDManager manager(int seed) {
        return seeded(unseeded(null), seed);
    }

    /** As {@link #manager(int)}, on the given device. */
    public static NDManager manager(int seed, Device device) {
        return seeded(unseeded(Require.given("device", device)), seed);
    }

    private static NDManager seeded(NDManager manager, int seed) {
        manager.getEngine().setRandomSeed(seed);
        JniUtils.setGradMode(false);
        return manager;
    }

    /** A manager on the CPU, for arithmetic in float64: it leaves the random numbers and the thread's tracking as they are. */
    public static NDManager onCpu() {
        return unseeded(Device.cpu());
    }

    /**
     * Sets how many CPU threads the engine works with, in this thread and in those that have not worked with it yet. (DJL reads
     * its property of this name only once, when the engine loads.)
     *
     * @param number at least 1
     */
    public static void useThreads(int number) {
        Require.atLeast("number", number, 1);
        onCpu().close(); // the engine has to be there
        JniUtils.setNumThreads(number);
    }

    /** What was found when the engine started, which this waits for. */
    public static EngineState state() {
        return EngineStart.state();
    }

    /**
     * Does work whose convolutions, of any width, are not {@link Convolution}'s, such as a network of somebody else's: without oneDNN
     * where that cannot be trusted with it.
     */
    public static <T> T withOpenBlocks(Supplier<T> work) {
        return EngineStart.withOpenBlocks(Require.given("work", work));
    }

    /** Adds to the environment of a process that is to train what it is faster with, where nothing is said of that. */
    public static void prepare(Map<String, String> environment) {
        NativeMemory.prepare(Require.given("environment", environment));
    }

    static NDManager unseeded(Device device) {
        EngineStart.ensure();
        return NDManager.newBaseManager(device);
    }

    /**
     * Copies numbers into another array of the same shape, on whatever device either is. Autograd does not see it, also where
     * the array is tracked. (DJL's {@code copyTo} gives its target new memory, which leaves views of the old behind.)
     */
    public static void copy(NDArray values, NDArray to) {
        Require.given("to", to);
        if (!Require.given("values", values).getShape().equals(to.getShape())) {
            throw new IllegalArgumentException(
                    "values must have shape " + to.getShape() + ", but have " + values.getShape());
        }
        try (NDArray memory = to.stopGradient(); // names, which these lose, would mean something in the call
                NDArray numbers = values.stopGradient()) {
            untracked(() -> MODULE.call("copy", memory, numbers)).close();
        }
    }

    /**
     * Copies points into rows of another array, in its own memory: {@code to[rows[i]] = values[i]}. Autograd does not see it.
     *
     * @param values of shape (n, ...)
     * @param to of shape (N, ...), of the same type and on the same device
     * @param rows n different numbers from 0 to N - 1
     */
    public static void copyRows(NDArray values, NDArray to, int... rows) {
        Require.given("rows", rows);
        ArrayChecks.points("to", to);
        ArrayChecks.sameType("values", values, "to", to);
        if (!values.getShape()
                .equals(new Shape(rows.length).addAll(to.getShape().slice(1)))) {
            throw new IllegalArgumentException("values must be " + rows.length + " rows of an array of shape "
                    + to.getShape() + ", but have shape " + values.getShape());
        }
        int size = Math.toIntExact(to.getShape().get(0));
        long[] places = Arrays.stream(rows)
                .mapToLong(row -> Require.index("rows", row, size))
                .toArray();
        try (NDArray memory = to.stopGradient();
                NDArray numbers = values.stopGradient();
                NDArray index = to.getManager().create(places)) {
            untracked(() -> MODULE.call("rows", memory, index, numbers)).close();
        }
    }

    /** A copy of rows of an array, in this order, that the manager owns: of shape (n, ...). */
    public static NDArray rows(NDManager manager, NDArray array, int... rows) {
        Require.given("array", array);
        NDArray taken = array.get(Require.given("manager", manager).create(Require.given("rows", rows)));
        taken.attach(manager);
        return taken;
    }

    /** Whether no number in an array is infinite or NaN. */
    public static boolean isFinite(NDArray array) {
        try (NDArray numbers = Require.given("array", array).stopGradient();
                NDArray answer = MODULE.call("finite", numbers)) {
            return answer.getBoolean();
        }
    }

    /** Whether autograd records now what this thread computes, as it does while a gradient collector is open. */
    public static boolean isTracking() {
        return JniUtils.isGradMode();
    }

    /** Runs work of which autograd records nothing on this thread, whatever the thread's switch is before and after. */
    public static <T> T untracked(Supplier<T> work) {
        return tracking(false, Require.given("work", work));
    }

    /** Runs work that autograd records on this thread, whatever the thread's switch is before and after. */
    public static <T> T tracked(Supplier<T> work) {
        return tracking(true, Require.given("work", work));
    }

    private static <T> T tracking(boolean on, Supplier<T> work) {
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(on);
        try {
            return work.get();
        } finally {
            JniUtils.setGradMode(before);
        }
    }
}
