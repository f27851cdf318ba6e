package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.List;
import org.scorebook.score.VectorField;

/**
 * A neural network with its parameters: a DJL block whose inputs are points (B, ...) and times (B) or (1), and whose output
 * has the shape of the points.
 */
public final class NeuralField implements VectorField, AutoCloseable {
    private final Block block;
    private final NDManager manager;
    private final ParameterStore store;
    private final Shape point;

    /**
     * Draws the parameters from the engine's random numbers.
     *
     * @param block not used by another field
     * @param parent of the parameters' manager
     * @param point the shape of one point, for instance (2)
     */
    public NeuralField(Block block, NDManager parent, Shape point) {
        this.block = block;
        this.point = point;
        manager = parent.newSubManager();
        store = new ParameterStore(manager, false);
        block.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(point), new Shape(1));
        parameters().forEach(p -> p.setRequiresGradient(true));
    }

    /** @throws IllegalArgumentException if x or t has another shape than the network's points and their times */
    @Override
    public NDArray at(NDArray x, NDArray t) {
        long batch = x.getShape().dimension() == 0 ? 0 : x.getShape().get(0);
        if (!x.getShape().equals(new Shape(batch).addAll(point))) {
            throw new IllegalArgumentException(
                    "x must have shape (B, " + point.toString().substring(1) + ", but has " + x.getShape());
        }
        if (t.getShape().dimension() != 1 || (t.size() != 1 && t.size() != batch)) {
            throw new IllegalArgumentException("t must have shape (1) or (" + batch + "), but has " + t.getShape());
        }
        return block.forward(store, new NDList(x, t), false).singletonOrThrow();
    }

    /** The arrays that training changes, in the block's order. */
    public List<NDArray> parameters() {
        return block.getParameters().values().stream()
                .filter(Parameter::requiresGradient)
                .map(Parameter::getArray)
                .toList();
    }

    /** How many numbers training changes. */
    public long size() {
        return parameters().stream().mapToLong(NDArray::size).sum();
    }

    /** The network. */
    public Block block() {
        return block;
    }

    /** Frees the parameters. */
    @Override
    public void close() {
        manager.close();
    }
}
