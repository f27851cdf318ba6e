package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.aten.Recorded;
import org.scorebook.base.Require;
import org.scorebook.score.ConditionalField;
import org.scorebook.score.Labels;

/**
 * A neural network with its parameters: a DJL block whose inputs are points (B, ...), times (B) or (1) and perhaps labels, and
 * whose output has the shape of the points.
 */
public final class NeuralField extends Network implements ConditionalField {
    private final Shape point;
    private final int classes;

    /**
     * Draws the parameters from the engine's random numbers.
     *
     * @param block not used by another field
     * @param parent of the parameters' manager
     * @param point the shape of one point, for instance (2), or (1, 28, 28)
     */
    public NeuralField(Block block, NDManager parent, Shape point) {
        super(block, parent, DataType.FLOAT32, new Shape(1).addAll(Require.given("point", point)), new Shape(1));
        this.point = point;
        classes = block instanceof ClassConditional conditional ? conditional.classes() : 0;
    }

    /**
     * @param x float32
     * @param t float32, or whole numbers
     * @throws IllegalArgumentException if x or t has another shape than the network's points and their times, or is float64
     */
    @Override
    public NDArray at(NDArray x, NDArray t) {
        return classes == 0 ? evaluate(false, x, t) : ConditionalField.super.at(x, t);
    }

    /**
     * @throws IllegalArgumentException if the network has no classes, or an array has another shape or type than it should. A
     *     label that is no class is found where the labels lie in a CPU's memory; on a GPU it gives values that are not finite
     */
    @Override
    public NDArray at(NDArray x, NDArray t, NDArray labels) {
        return evaluate(false, x, t, labels);
    }

    @Override
    public int classes() {
        return classes;
    }

    /** The network as it is in training, with dropout. */
    public ConditionalField training() {
        return new ConditionalField() {
            @Override
            public int classes() {
                return classes;
            }

            @Override
            public NDArray at(NDArray x, NDArray t) {
                return classes == 0 ? evaluate(true, x, t) : ConditionalField.super.at(x, t);
            }

            @Override
            public NDArray at(NDArray x, NDArray t, NDArray labels) {
                return evaluate(true, x, t, labels);
            }
        };
    }

    private NDArray evaluate(boolean training, NDArray x, NDArray... timesAndLabels) {
        long batch = Require.given("x", x).getShape().dimension() == 0
                ? 0
                : x.getShape().get(0);
        if (!x.getShape().equals(new Shape(batch).addAll(point))) {
            throw new IllegalArgumentException(
                    "x must have shape (B, " + point.toString().substring(1) + ", but has " + x.getShape());
        }
        requireType("x", x);
        requireTimes(timesAndLabels[0], batch);
        if (timesAndLabels.length > 1) {
            if (classes == 0) {
                throw new IllegalArgumentException("labels must not be given to a network without classes");
            }
            Labels.requireFor(batch, timesAndLabels[1], classes);
        }
        NDList inputs = new NDList(known(x), known(timesAndLabels[0]));
        if (timesAndLabels.length > 1) {
            NDArray labels = timesAndLabels[1].toType(DataType.INT64, true);
            inputs.add(Recorded.beside(labels, inputs.get(0))); // and what is made of them: the given may live longer
        }
        return ArrayChecks.sameShape("the network's output", evaluate(inputs, training), x);
    }

    private void requireTimes(NDArray t, long batch) {
        if (Require.given("t", t).getShape().dimension() != 1 || (t.size() != 1 && t.size() != batch)) {
            throw new IllegalArgumentException("t must have shape (1) or (" + batch + "), but has " + t.getShape());
        }
        if (t.getDataType().isFloating()) {
            requireType("t", t);
        }
    }

    /** The shape of one point. */
    public Shape point() {
        return point;
    }
}
