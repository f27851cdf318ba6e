package org.scorebook.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebook.Seeded;

class AdamWTest {
    @Seeded(1)
    private NDManager manager;

    private NDArray first;
    private NDArray second;

    @BeforeEach
    void open() {
        first = manager.create(new float[] {3, -2});
        second = manager.create(new float[] {0.5f});
        first.setRequiresGradient(true);
        second.setRequiresGradient(true);
    }

    /** The same steps by the formula, in double, on the gradients of {@code x^2 + y^2 / 10 + (z - 1)^4}. */
    @ParameterizedTest
    @ValueSource(doubles = {0.9, 0.5, 0})
    void stepsFollowTheFormula(double beta1) {
        AdamW optimizer = new AdamW(manager, List.of(first, second), 0.1, Double.POSITIVE_INFINITY).beta1(beta1);
        double[] p = {3, -2, 0.5};
        double[] m = new double[3];
        double[] v = new double[3];
        for (int k = 1; k <= 50; k++) {
            backward();
            double rate = 0.05 / k;
            double[] g = {2 * p[0], p[1] / 5, 4 * Math.pow(p[2] - 1, 3)};
            double norm = Math.sqrt(g[0] * g[0] + g[1] * g[1] + g[2] * g[2]);
            assertEquals(1, optimizer.step(rate) / norm, 1e-5);
            for (int i = 0; i < 3; i++) {
                m[i] = beta1 * m[i] + (1 - beta1) * g[i];
                v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
                double direction =
                        m[i] / (1 - Math.pow(beta1, k)) / (Math.sqrt(v[i] / (1 - Math.pow(0.999, k))) + 1e-8);
                p[i] -= rate * (0.1 * p[i] + direction);
            }
        }
        assertArrayEquals(new float[] {(float) p[0], (float) p[1]}, first.toFloatArray(), 1e-5f);
        assertArrayEquals(new float[] {(float) p[2]}, second.toFloatArray(), 1e-5f);
        assertArrayEquals(new float[] {0, 0}, first.getGradient().toFloatArray());
    }

    /** Gradients (6, 8) and (0.3, 0.4), by hand: with the limit 1 the first counts as (0.6, 0.8). */
    @Test
    void largeGradientsAreScaledDownTogether() {
        AdamW optimizer = new AdamW(manager, List.of(first), 0, 1);
        linear(6, 8);
        assertEquals(10, optimizer.step(0), 1e-5);
        linear(0.3f, 0.4f);
        assertEquals(0.5, optimizer.step(0.1), 1e-6);
        float[] moved = first.toFloatArray();
        double direction = (0.9 * 0.1 * 0.6 + 0.1 * 0.3)
                / (1 - 0.81)
                / Math.sqrt((0.999 * 0.001 * 0.36 + 0.001 * 0.09) / (1 - 0.998001));
        assertEquals(3 - 0.1 * direction, moved[0], 1e-5);
        assertEquals(-2 - 0.1 * direction, moved[1], 1e-5);
    }

    /** {@code a = d a + (1 - d) p} after each step, with d = 2/11, 3/12, ... until it is 0.5. */
    @Test
    void averages() {
        NDArray average = manager.create(new float[] {7, 7});
        AdamW optimizer = new AdamW(manager, List.of(first), 0, 10).averaging(List.of(average), 0.5);
        double[] expected = {7, 7};
        for (int k = 1; k <= 20; k++) {
            linear(1, -2);
            optimizer.step(0.1);
            double decay = Math.min(0.5, (1.0 + k) / (10.0 + k));
            for (int i = 0; i < 2; i++) {
                expected[i] = decay * expected[i] + (1 - decay) * first.toFloatArray()[i];
            }
        }
        assertArrayEquals(new float[] {(float) expected[0], (float) expected[1]}, average.toFloatArray(), 1e-5f);
        assertEquals(3 - 20 * 0.1, first.toFloatArray()[0], 1e-4); // a constant gradient moves by lr
    }

    /** Two steps, restored into another optimizer, and two more are four steps, bit for bit. */
    @Test
    void goesOnFromItsState() {
        NDArray twin = first.stopGradient().duplicate();
        twin.setRequiresGradient(true);
        List<String> names = List.of("x");
        AdamW whole = new AdamW(manager, List.of(first), 0.1, 1);
        AdamW begun = new AdamW(manager, List.of(twin), 0.1, 1);
        AdamW resumed = new AdamW(manager, List.of(twin), 0.1, 1);
        for (int k = 0; k < 4; k++) {
            if (k == 2) {
                resumed.restore(begun.state(names), names);
            }
            NDArray[] both = {first, twin};
            for (NDArray x : both) {
                try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
                    collector.backward(x.square().square().sum());
                }
            }
            whole.step(0.1);
            (k < 2 ? begun : resumed).step(0.1);
        }
        assertEquals(4, resumed.steps());
        assertArrayEquals(first.toFloatArray(), twin.toFloatArray());
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals("clipNorm must be positive, but is 0.0", message(() -> new AdamW(manager, List.of(first), 0, 0)));
        assertEquals(
                "weightDecay must be 0 or more and finite, but is -1.0",
                message(() -> new AdamW(manager, List.of(first), -1, 1)));
        assertEquals(
                "parameters must have at least one array, but is empty",
                message(() -> new AdamW(manager, List.of(), 0, 1)));
        AdamW optimizer = new AdamW(manager, List.of(first), 0, 1);
        assertEquals(
                "decay must be from 0 to below 1, but is 1.0", message(() -> optimizer.averaging(List.of(first), 1)));
        assertEquals(
                "arrays must be as many as the 1 parameters, but are 0",
                message(() -> optimizer.averaging(List.of(), 0.5)));
        assertEquals(
                "learningRate must be 0 or more and finite, but is NaN", message(() -> optimizer.step(Double.NaN)));
    }

    private void backward() {
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            NDArray weights = manager.create(new float[] {1, 0.1f});
            collector.backward(
                    first.square().mul(weights).sum().add(second.sub(1).pow(4).sum()));
        }
    }

    /** Sets the gradient of the first parameter. */
    private void linear(float x, float y) {
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            collector.backward(first.mul(manager.create(new float[] {x, y})).sum());
        }
    }

    /** A step with such a gradient would spoil all parameters for good. */
    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void aGradientThatIsNotFiniteChangesNothing(float factor) {
        AdamW optimizer = new AdamW(manager, List.of(first, second), 0.1, 1);
        NDArray average = manager.create(new float[] {3, -2});
        optimizer.averaging(List.of(average, second.duplicate()), 0.9);
        backward();
        optimizer.step(0.1);
        float[] before = first.toFloatArray();
        float[] averageBefore = average.toFloatArray();
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            collector.backward(first.mul(manager.create(factor)).sum());
        }
        assertEquals(false, Double.isFinite(optimizer.step(0.1)));
        assertArrayEquals(before, first.toFloatArray());
        assertArrayEquals(averageBefore, average.toFloatArray());
        assertEquals(1, optimizer.steps());
        assertEquals(factor, first.getGradient().toFloatArray()[0]);
    }
}
