package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.scorebook.aten.Autograd;
import org.scorebook.score.EnergyFunction;

/** {@code E(x) = (x - m)^T A (x - m) / 2} with m and A to train: the energies of Gaussians with covariance A^-1. */
final class QuadraticEnergy implements EnergyFunction {
    private final NDArray mean;
    private final NDArray matrix;

    /** Begins at N(0, I). */
    QuadraticEnergy(NDManager manager, int dimension, DataType type) {
        mean = manager.zeros(new Shape(dimension), type);
        matrix = manager.eye(dimension).toType(type, true);
        parameters().forEach(p -> p.setRequiresGradient(true));
    }

    List<NDArray> parameters() {
        return List.of(mean, matrix);
    }

    @Override
    public NDArray energy(NDArray x) {
        NDArray centred = x.sub(mean);
        return Autograd.times(centred.matMul(matrix).mul(centred).sum(new int[] {1}), 0.5);
    }

    double[] mean() {
        return doubles(mean);
    }

    /** The symmetric part of A, which is all that the energy depends on. */
    double[] matrix() {
        return doubles(matrix.add(matrix.transpose()).mul(0.5));
    }

    private static double[] doubles(NDArray x) {
        return x.toType(DataType.FLOAT64, true).toDoubleArray();
    }
}
