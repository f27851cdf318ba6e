package org.scorebook.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrayAdapter;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.scorebook.aten.Recorded;

/**
 * An array without numbers, whose operations write themselves down. Each is given twice: as TorchScript, and as DJL's own, from
 * which its shape is learned. What is not here cannot be written down.
 */
final class TracedArray extends NDArrayAdapter implements Recorded {
    private final Recording trace;
    private final String expression;

    TracedArray(Recording trace, NDManager manager, String expression, Shape shape, DataType type) {
        super(manager, null, shape, type, "traced");
        this.trace = trace;
        this.expression = expression;
    }

    Recording owner() {
        return trace;
    }

    String expression() {
        return expression;
    }

    /** This and other arrays within an expression. */
    NDArray value(String open, String close, Function<NDList, NDArray> call, NDArray... others) {
        NDList all = new NDList(this);
        for (NDArray other : others) {
            all.add(trace.known(other));
        }
        return trace.value(open, all, close, call::apply);
    }

    private NDArray unary(String name, UnaryOperator<NDArray> call) {
        return value("torch." + name + "(", ")", in -> call.apply(in.get(0)));
    }

    private NDArray binary(String name, NDArray other, BinaryOperator<NDArray> call) {
        return value("torch." + name + "(", ")", in -> call.apply(in.get(0), in.get(1)), other);
    }

    private NDArray number(Number number) {
        if (!getDataType().isFloating()) {
            throw new Untraceable("a number and an array of whole numbers cannot be written down");
        }
        return trace.numbers(new double[] {number.doubleValue()}, new Shape(), DataType.FLOAT64);
    }

    static String list(long... numbers) {
        return Arrays.stream(numbers).mapToObj(Long::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String list(int... numbers) {
        return list(Arrays.stream(numbers).asLongStream().toArray());
    }

    @Override
    public NDArray record(String module, String methods, String method, NDList inputs, Function<NDList, NDArray> call) {
        boolean gradient = module.equals("Autograd"); // of zeros that nothing is computed from there is none
        return trace.call(
                module, methods, method, inputs, gradient ? in -> in.get(1).duplicate() : call::apply);
    }

    @Override
    public NDArray known(NDArray array) {
        return trace.known(array);
    }

    @Override
    public NDArray repeated(int times, UnaryOperator<NDArray> work) {
        return trace.repeated(times, this, work);
    }

    @Override
    public void promise(Consumer<NDArray> taker) {
        trace.promise(this, taker);
    }

    @Override
    public NDArray add(NDArray other) {
        return binary("add", other, NDArray::add);
    }

    @Override
    public NDArray add(Number number) {
        return add(number(number));
    }

    @Override
    public NDArray sub(NDArray other) {
        return binary("sub", other, NDArray::sub);
    }

    @Override
    public NDArray sub(Number number) {
        return sub(number(number));
    }

    @Override
    public NDArray mul(NDArray other) {
        return binary("mul", other, NDArray::mul);
    }

    @Override
    public NDArray mul(Number number) {
        return mul(number(number));
    }

    @Override
    public NDArray div(NDArray other) {
        return binary("div", other, NDArray::div);
    }

    @Override
    public NDArray div(Number number) {
        return div(number(number));
    }

    @Override
    public NDArray pow(NDArray other) {
        return binary("pow", other, NDArray::pow);
    }

    @Override
    public NDArray pow(Number number) {
        return pow(number(number));
    }

    @Override
    public NDArray maximum(NDArray other) {
        return binary("maximum", other, NDArray::maximum);
    }

    @Override
    public NDArray minimum(NDArray other) {
        return binary("minimum", other, NDArray::minimum);
    }

    @Override
    public NDArray matMul(NDArray other) {
        return binary("matmul", other, NDArray::matMul);
    }

    @Override
    public NDArray neg() {
        return unary("neg", NDArray::neg);
    }

    @Override
    public NDArray abs() {
        return unary("abs", NDArray::abs);
    }

    @Override
    public NDArray square() {
        return unary("square", NDArray::square);
    }

    @Override
    public NDArray sqrt() {
        return unary("sqrt", NDArray::sqrt);
    }

    @Override
    public NDArray exp() {
        return unary("exp", NDArray::exp);
    }

    @Override
    public NDArray log() {
        return unary("log", NDArray::log);
    }

    @Override
    public NDArray sin() {
        return unary("sin", NDArray::sin);
    }

    @Override
    public NDArray cos() {
        return unary("cos", NDArray::cos);
    }

    @Override
    public NDArray tanh() {
        return unary("tanh", NDArray::tanh);
    }

    @Override
    public NDArray erf() {
        return unary("erf", NDArray::erf);
    }

    @Override
    public NDArray sum() {
        return unary("sum", NDArray::sum);
    }

    @Override
    public NDArray mean() {
        return unary("mean", NDArray::mean);
    }

    @Override
    public NDArray sum(int[] axes, boolean keep) {
        return value("torch.sum(", over(axes, keep), in -> in.get(0).sum(axes, keep));
    }

    @Override
    public NDArray mean(int[] axes, boolean keep) {
        return value("torch.mean(", over(axes, keep), in -> in.get(0).mean(axes, keep));
    }

    private static String over(int[] axes, boolean keep) {
        return ", " + list(axes) + ", " + (keep ? "True" : "False") + ")";
    }

    @Override
    public NDArray clip(Number least, Number largest) {
        String close = ", " + bound(least) + ", " + bound(largest) + ")";
        return value("torch.clamp(", close, in -> in.get(0).clip(least, largest));
    }

    private static String bound(Number bound) {
        double value = bound.doubleValue();
        return Double.isInfinite(value) ? "None" : literal(value);
    }

    static String literal(double value) {
        return Double.toString(value).replace('E', 'e');
    }

    @Override
    public NDArray toType(DataType type, boolean copy) {
        if (type == getDataType() && !copy) {
            return this;
        }
        String close = ", " + code(type) + ", False, " + (copy ? "True" : "False") + ", None)";
        return value("torch.to(", close, in -> in.get(0).toType(type, copy));
    }

    static int code(DataType type) {
        return switch (type) {
            case INT32 -> 3;
            case INT64 -> 4;
            case FLOAT32 -> 6;
            case FLOAT64 -> 7;
            default -> throw new Untraceable("the type " + type + " cannot be written down");
        };
    }

    @Override
    public NDArray reshape(Shape shape) {
        return value("torch.reshape(", ", " + list(shape.getShape()) + ")", in -> in.get(0)
                .reshape(shape));
    }

    @Override
    public NDArray broadcast(Shape shape) {
        return value("torch.expand(", ", " + list(shape.getShape()) + ", implicit=False)", in -> in.get(0)
                .broadcast(shape));
    }

    @Override
    public NDArray expandDims(int axis) {
        return value("torch.unsqueeze(", ", " + axis + ")", in -> in.get(0).expandDims(axis));
    }

    @Override
    public NDArray transpose(int... axes) {
        return value("torch.permute(", ", " + list(axes) + ")", in -> in.get(0).transpose(axes));
    }

    @Override
    public NDArray gather(NDArray index, int axis) {
        NDArray rows = trace.known(index);
        String close = ", " + axis + ", " + ((TracedArray) rows).expression() + ")";
        Shape shape = rows.getShape();
        return value("torch.gather(", close, in -> in.get(0)
                .getManager()
                .zeros(shape, in.get(0).getDataType()));
    }

    @Override
    public NDList split(long sections, int axis) {
        long size = getShape().get(axis) / sections;
        List<Shape> shapes = new ArrayList<>();
        for (long from = 0; from < getShape().get(axis); from += size) {
            shapes.add(part(axis, Math.min(size, getShape().get(axis) - from)));
        }
        return trace.list("torch.split(", this, ", " + size + ", " + axis + ")", shapes);
    }

    @Override
    public NDList split(long[] places, int axis) {
        List<Long> sizes = new ArrayList<>();
        long before = 0;
        for (long place : places) {
            sizes.add(place - before);
            before = place;
        }
        sizes.add(getShape().get(axis) - before);
        return trace.list(
                "torch.split_with_sizes(",
                this,
                ", " + sizes + ", " + axis + ")",
                sizes.stream().map(size -> part(axis, size)).toList());
    }

    private Shape part(int axis, long size) {
        long[] shape = getShape().getShape().clone();
        shape[axis] = size;
        return new Shape(shape);
    }

    @Override
    public NDArray duplicate() {
        return unary("clone", NDArray::duplicate);
    }

    @Override
    public NDArray stopGradient() {
        return unary("detach", NDArray::stopGradient);
    }

    @Override
    public void setRequiresGradient(boolean required) {
        value("torch.requires_grad_(", ", " + (required ? "True" : "False") + ")", in -> in.get(0)
                .duplicate());
    }

    @Override
    public boolean hasGradient() {
        return false;
    }

    @Override
    public NDArray zerosLike() {
        return unary("zeros_like", NDArray::zerosLike);
    }

    @Override
    public NDArray onesLike() {
        return unary("ones_like", NDArray::onesLike);
    }

    @Override
    public NDArrayEx getNDArrayInternal() {
        return TracedOperations.of(this);
    }

    /** It belongs to its trace. */
    @Override
    public void attach(NDManager other) {}

    @Override
    public void detach() {}

    @Override
    public void intern(NDArray replaced) {
        throw new Untraceable("an array is replaced in place");
    }

    @Override
    public ByteBuffer toByteBuffer(boolean direct) {
        throw new Untraceable("a number is asked for while the computation is written down");
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "an array of shape " + getShape() + " without numbers yet";
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
