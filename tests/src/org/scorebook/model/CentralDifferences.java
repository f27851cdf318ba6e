package org.scorebook.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.scorebook.aten.Torch;

/** Derivatives to compare with. */
public final class CentralDifferences {
    private CentralDifferences() {}

    /** Central differences by each number of an array, which is changed for the time. */
    public static double[] of(NDManager manager, NDArray array, Supplier<Double> function) {
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

    /**
     * Compares the slope of a loss along a direction of its parameters with a central difference. The direction is random in
     * one half and the gradient in the other, so that the slope is not small by chance.
     *
     * @param step how far, about, the parameters move to either side
     * @param tolerance relative
     */
    public static void assertSlope(List<NDArray> parameters, Supplier<NDArray> loss, double step, double tolerance) {
        NDManager manager = parameters.get(0).getManager();
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            collector.backward(loss.get());
        }
        List<NDArray> directions = new ArrayList<>();
        double slope = 0;
        double square = 0;
        for (NDArray p : parameters) {
            NDArray g = p.getGradient();
            NDArray random = manager.randomNormal(0, 1, g.getShape(), g.getDataType());
            NDArray direction = g.add(random.mul(g.square().mean().sqrt()));
            directions.add(direction);
            slope += number(g.mul(direction).sum());
            square += number(g.square().sum());
        }
        double h = step / Math.sqrt(square);
        double difference = moved(parameters, directions, h, loss) - moved(parameters, directions, -2 * h, loss);
        assertEquals(1, difference / (2 * h) / slope, tolerance);
    }

    private static double moved(List<NDArray> parameters, List<NDArray> directions, double h, Supplier<NDArray> loss) {
        for (int i = 0; i < directions.size(); i++) {
            parameters.get(i).stopGradient().addi(directions.get(i).mul(h));
        }
        return number(loss.get());
    }

    private static double number(NDArray scalar) {
        return scalar.toType(DataType.FLOAT64, false).getDouble();
    }

    /** The largest of their absolute values. */
    public static double size(double[] numbers) {
        return Arrays.stream(numbers).map(Math::abs).max().orElseThrow();
    }
}
