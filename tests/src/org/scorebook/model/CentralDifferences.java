package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.function.Supplier;
import org.scorebook.aten.Torch;

/** Derivatives to compare with. */
final class CentralDifferences {
    private CentralDifferences() {}

    /** Central differences by each number of an array, which is changed for the time. */
    static double[] of(NDManager manager, NDArray array, Supplier<Double> function) {
        double[] numbers = array.toDoubleArray();
        double[] slopes = new double[numbers.length];
        double h = 1e-4;
        for (int i = 0; i < numbers.length; i++) {
            double[] moved = numbers.clone();
            moved[i] = numbers[i] + h;
            double after = with(manager, array, moved, function);
            moved[i] = numbers[i] - h;
            slopes[i] = (after - with(manager, array, moved, function)) / (2 * h);
        }
        with(manager, array, numbers, function);
        return slopes;
    }

    private static double with(NDManager manager, NDArray array, double[] numbers, Supplier<Double> function) {
        try (NDArray values = manager.create(numbers, array.getShape())) {
            Torch.copy(values, array);
        }
        return function.get();
    }

    /** The largest of their absolute values. */
    static double size(double[] numbers) {
        return Arrays.stream(numbers).map(Math::abs).max().orElseThrow();
    }
}
