package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import org.scorebook.aten.Functional;
import org.scorebook.aten.Recorded;
import org.scorebook.base.Require;
import org.scorebook.score.EnergyFunction;
import org.scorebook.score.Labels;

/**
 * A neural network as an energy. Its block maps points (B, ...) to E of shape (B) or (B, 1); or to logits f of shape (B, K),
 * K at least 2, which are a classifier and an energy at once:
 *
 * <pre>E(x, y) = -f(x)[y],   E(x) = -log sum_y exp f(x)[y],   p(y | x) = exp(E(x) - E(x, y)) = softmax(f(x))[y]</pre>
 *
 * <p>Source: Grathwohl et al., Your Classifier is Secretly an Energy Based Model and You Should Treat it Like One (2020),
 * eqs. 5 to 7, without the constant log Z.
 */
public final class NeuralEnergy extends Network implements EnergyFunction {
    /** As many as PyTorch's parametrization begins with. */
    private static final int FIRST_ITERATIONS = 15;

    private final Shape point;
    private final int classes;

    /**
     * Draws the parameters from the engine's random numbers.
     *
     * @param block not used by another network; for instance an {@link EnergyMlp} or an {@link EnergyNet}
     * @param parent of the parameters' manager
     * @param point the shape of one point, for instance (2), or (1, 28, 28)
     * @throws IllegalArgumentException if the block does not take such points, or its output is no energy
     */
    public NeuralEnergy(Block block, NDManager parent, Shape point) {
        this(block, parent, point, DataType.FLOAT32);
    }

    NeuralEnergy(Block block, NDManager parent, Shape point, DataType type) {
        super(block, parent, type, new Shape(1).addAll(Require.given("point", point)));
        this.point = point;
        classes = classes(block.getOutputShapes(new Shape[] {new Shape(1).addAll(point)})[0]);
        iteratePower(FIRST_ITERATIONS);
    }

    private static int classes(Shape output) {
        if (output.dimension() < 1 || output.dimension() > 2 || output.get(0) != 1) {
            throw new IllegalArgumentException(
                    "block must map points to energies (B) or (B, 1), or to logits (B, K), but gives " + output
                            + " for B = 1");
        }
        long outputs = output.dimension() == 1 ? 1 : output.get(1);
        return outputs == 1 ? 0 : (int) outputs;
    }

    /**
     * {@code E(x)}.
     *
     * @throws IllegalArgumentException if x has another shape than the network's points, or is not float32
     */
    @Override
    public NDArray energy(NDArray x) {
        NDArray output = output(x);
        return classes == 0
                ? output.reshape(x.getShape().get(0))
                : Functional.logSumExp(output).neg();
    }

    /**
     * {@code E(x, y)}, whose density is that of the points of one class: {@code p(x | y)} is proportional to
     * {@code exp(-E(x, y))}. The label K tells no class, and gives {@code E(x)}.
     *
     * @param x points of shape (B, ...)
     * @param labels y, int64, of shape (B), or (1) for all the same, from 0 to K
     * @return of shape (B)
     * @throws IllegalArgumentException if a shape differs, or a label is no class
     * @throws IllegalStateException if the network has no classes
     */
    public NDArray energy(NDArray x, NDArray labels) {
        NDArray logits = logits(x);
        Labels.requireShape(labels, x.getShape().get(0));
        return ofClasses(logits, Labels.require(labels, classes), x);
    }

    private NDArray ofClasses(NDArray logits, NDArray labels, NDArray x) {
        long batch = x.getShape().get(0);
        NDArray row = Recorded.beside(labels.broadcast(new Shape(batch)), x); // the labels may live longer
        row = row.toType(DataType.INT64, false);
        NDArray withNone = logits.concat(Functional.logSumExp(logits).reshape(batch, 1), 1);
        return withNone.gather(row.reshape(batch, 1), 1).reshape(batch).neg();
    }

    /**
     * The energy of points that have these labels: samples of it are of their classes. The labels' numbers are checked here and
     * not at each evaluation.
     *
     * @param labels as for {@link #energy(NDArray, NDArray)}
     * @throws IllegalArgumentException if a label is no class
     * @throws IllegalStateException if the network has no classes
     */
    public EnergyFunction given(NDArray labels) {
        requireLogits();
        Labels.require(labels, classes);
        return x -> {
            NDArray logits = logits(x);
            Labels.requireShape(labels, x.getShape().get(0));
            return ofClasses(logits, labels, x);
        };
    }

    /**
     * {@code f(x)}: softmax makes {@code p(y | x)} of it.
     *
     * @return of shape (B, K)
     * @throws IllegalStateException if the network has no classes
     */
    public NDArray logits(NDArray x) {
        requireLogits();
        return output(x);
    }

    private void requireLogits() {
        if (classes == 0) {
            throw new IllegalStateException(
                    "this network has no classes, so it has neither logits nor energies of labels:"
                            + " make it with classes, as EnergyShape.withClasses does");
        }
    }

    private NDArray output(NDArray x) {
        long batch = Require.given("x", x).getShape().dimension() == 0
                ? 0
                : x.getShape().get(0);
        if (!x.getShape().equals(new Shape(batch).addAll(point))) {
            throw new IllegalArgumentException(
                    "x must have shape (B, " + point.toString().substring(1) + ", but has " + x.getShape());
        }
        requireType("x", x);
        return evaluate(new NDList(known(x)), false);
    }

    /** K, the number of classes; 0 for an energy alone. */
    @Override
    public int classes() {
        return classes;
    }

    /** The shape of one point. */
    public Shape point() {
        return point;
    }
}
