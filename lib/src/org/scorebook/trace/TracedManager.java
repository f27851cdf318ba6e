package org.scorebook.trace;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * The manager of traced arrays. Arrays that it is asked for are made at once, and the trace knows them as inputs; but normal
 * numbers are drawn when the trace runs, in the same order as by the work itself, and so the same ones.
 */
final class TracedManager extends BaseNDManager {
    private final Recording trace;
    private final NDManager real;

    TracedManager(Recording trace, NDManager real) {
        super(real, real.getDevice());
        this.trace = trace;
        this.real = real;
    }

    @Override
    public Engine getEngine() {
        return parent.getEngine(); // asked for while this is being constructed
    }

    @Override
    public NDManager newSubManager(Device other) {
        return this;
    }

    @Override
    public ByteBuffer allocateDirect(int capacity) {
        return real.allocateDirect(capacity);
    }

    @Override
    public NDArray from(NDArray array) {
        return trace.known(array);
    }

    @Override
    public NDArray create(Shape shape, DataType type) {
        return trace.known(real.create(shape, type));
    }

    @Override
    public NDArray create(Buffer data, Shape shape, DataType type) {
        if (data instanceof DoubleBuffer numbers && type == DataType.FLOAT64) {
            return trace.numbers(numbers.array(), shape, type);
        }
        if (data instanceof LongBuffer numbers && type == DataType.INT64 && areDoubles(numbers.array())) {
            return trace.numbers(Arrays.stream(numbers.array()).asDoubleStream().toArray(), shape, type);
        }
        if (data instanceof FloatBuffer numbers && numbers.capacity() == 1) {
            return trace.numbers(new double[] {numbers.get(0)}, shape, type);
        }
        return trace.known(real.create(data, shape, type));
    }

    private static boolean areDoubles(long... numbers) {
        return Arrays.stream(numbers).allMatch(number -> Math.abs(number) <= 1L << 53);
    }

    @Override
    public NDArray zeros(Shape shape, DataType type) {
        return trace.known(real.zeros(shape, type));
    }

    @Override
    public NDArray ones(Shape shape, DataType type) {
        return trace.known(real.ones(shape, type));
    }

    @Override
    public NDArray full(Shape shape, float value, DataType type) {
        return trace.known(real.full(shape, value, type));
    }

    @Override
    public NDArray arange(float start, float stop, float step, DataType type) {
        return trace.known(real.arange(start, stop, step, type));
    }

    @Override
    public NDArray eye(int rows, int columns, int k, DataType type) {
        return trace.known(real.eye(rows, columns, k, type));
    }

    @Override
    public NDArray randomUniform(float low, float high, Shape shape, DataType type) {
        return trace.known(real.randomUniform(low, high, shape, type));
    }

    @Override
    public NDArray randomNormal(float mean, float deviation, Shape shape, DataType type) {
        return trace.normal(mean, deviation, shape, type);
    }

    /** Belongs to the trace, which ends with the manager of what is real. */
    @Override
    public void close() {}
}
