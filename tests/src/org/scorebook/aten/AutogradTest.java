package org.scorebook.aten;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.scorebook.ResidentMemory;
import org.scorebook.Seeded;

@SuppressWarnings("try") // a collector works by being open
class AutogradTest {
    @Seeded(1)
    private NDManager manager;

    @Test
    void gradientsOfPowersToTheThirdOrder() {
        NDArray x = leaf(2, -1.5);
        try (GradientCollector collector = collector()) {
            NDArray first = Autograd.gradient(x.pow(4).sum(), x);
            NDArray second = Autograd.gradient(first.sum(), x);
            NDArray third = Autograd.gradient(second.sum(), x);
            assertArrayEquals(new double[] {32, -13.5}, first.toDoubleArray(), 1e-12);
            assertArrayEquals(new double[] {48, 27}, second.toDoubleArray(), 1e-12);
            assertArrayEquals(new double[] {48, -36}, third.toDoubleArray(), 1e-12);
        }
    }

    @Test
    void gradientAtPointsNeedsNoCollectorAndLeavesOthersAlone() {
        NDArray x = manager.create(new double[] {2, -1.5});
        NDArray weight = leaf(3, 3);
        try (GradientCollector collector = collector()) {
            collector.backward(weight.mul(5).sum());
        }
        NDArray g = Autograd.gradientAt(points -> points.square().mul(weight), x);
        assertArrayEquals(new double[] {12, -9}, g.toDoubleArray(), 1e-12);
        assertArrayEquals(new double[] {5, 5}, weight.getGradient().toDoubleArray());
        assertFalse(Autograd.isTracked(g));
        assertFalse(Autograd.isTracked(x));
        assertFalse(Autograd.isTracked(x.add(1)), "the thread's switch is as before");
    }

    @Test
    void gradientAtPointsDisturbsNoOpenCollector() {
        NDArray x = manager.create(new double[] {2});
        NDArray weight = leaf(3);
        try (GradientCollector collector = collector()) {
            NDArray loss = weight.mul(7).sum();
            NDArray g = Autograd.gradientAt(points -> points.mul(weight), x);
            assertArrayEquals(new double[] {3}, g.toDoubleArray());
            collector.backward(loss.add(weight.sum()));
        }
        assertArrayEquals(new double[] {8}, weight.getGradient().toDoubleArray());
    }

    @Test
    void gradientOfAConstantIsZero() {
        NDArray x = manager.create(new double[] {2, 4});
        assertArrayEquals(
                new double[] {0, 0},
                Autograd.gradientAt(points -> manager.ones(x.getShape()), x).toDoubleArray());
    }

    @Test
    void gradientLeavesStoredGradientsAlone() {
        NDArray x = leaf(3);
        NDArray weight = leaf(2);
        try (GradientCollector collector = collector()) {
            collector.backward(weight.mul(5).sum());
            Autograd.gradient(x.mul(weight).sum(), x);
        }
        assertEquals(5, weight.getGradient().toDoubleArray()[0]);
    }

    @Test
    void hessianEqualsCentralDifferences() {
        double[] at = {0.7, -1.2, 0.4};
        Function<NDArray, NDArray> f = x -> x.get(0)
                .exp()
                .mul(x.get(1).sin())
                .add(x.get(2).pow(3).mul(x.get(0)))
                .add(x.square().sum().log());
        NDArray x = leaf(at);
        double[] hessian;
        try (GradientCollector collector = collector()) {
            hessian = Autograd.hessian(f.apply(x), x).toDoubleArray();
        }
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                assertEquals(central(f, at, i, j, 1e-4), hessian[3 * i + j], 2e-6, "entry " + i + ", " + j);
                assertEquals(hessian[3 * j + i], hessian[3 * i + j], 1e-12, "symmetry of " + i + ", " + j);
            }
        }
    }

    @Test
    void hessianOfALinearFunctionIsZero() {
        NDArray x = leaf(1, 2);
        try (GradientCollector collector = collector()) {
            assertArrayEquals(new double[4], Autograd.hessian(x.mul(3).sum(), x).toDoubleArray());
        }
    }

    @Test
    void hessianOfAQuadraticFormIsItsMatrix() {
        NDArray matrix = manager.create(new double[][] {{2, 1}, {1, 5}});
        NDArray x = leaf(0.3, -4);
        try (GradientCollector collector = collector()) {
            NDArray y = x.matMul(matrix).mul(x).sum().div(2);
            assertArrayEquals(matrix.toDoubleArray(), Autograd.hessian(y, x).toDoubleArray(), 1e-12);
        }
    }

    @Test
    void trackedMeansPartOfTheGraph() {
        NDArray x = leaf(1);
        assertFalse(Autograd.isTracked(x.mul(2)), "no collector is open");
        try (GradientCollector collector = collector()) {
            NDArray y = x.mul(2);
            assertTrue(Autograd.isTracked(x));
            assertTrue(Autograd.isTracked(y));
            assertFalse(Autograd.isTracked(y.stopGradient()));
            assertFalse(Autograd.isTracked(manager.create(1.0)));
        }
    }

    @Test
    void badArgumentsAreNamed() {
        NDArray x = leaf(1, 2);
        NDArray untracked = manager.create(1.0);
        assertTrue(message(() -> Autograd.gradient(untracked, x)).startsWith("y is not part of a graph"));
        try (GradientCollector collector = collector()) {
            NDArray y = x.square();
            assertTrue(message(() -> Autograd.gradient(y, untracked)).startsWith("x is not part of a graph"));
            assertEquals("y must be a scalar, but has shape (2)", message(() -> Autograd.hessian(y, x)));
        }
    }

    /** One array lost in each call would be 1.3 GB here; the Java heap's own comings and goings are some 100 MB. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void twentyThousandCallsLeaveNativeMemoryWhereItWas() {
        NDArray x = leaf(new double[8192]);
        repeat(1000, x);
        System.gc();
        long before = ResidentMemory.bytes();
        int arrays = manager.getManagedArrays().size();
        repeat(20_000, x);
        assertEquals(arrays, manager.getManagedArrays().size());
        System.gc();
        long grown = ResidentMemory.bytes() - before;
        assertTrue(grown < 300_000_000, "resident memory grew by " + grown + " bytes");
    }

    private void repeat(int times, NDArray x) {
        for (int i = 0; i < times; i++) {
            try (NDManager step = manager.newSubManager();
                    GradientCollector collector = collector()) {
                NDArray input = x.stopGradient();
                input.attach(step);
                input.setRequiresGradient(true);
                Autograd.gradient(input.square().sum(), input);
            }
        }
    }

    private double central(Function<NDArray, NDArray> f, double[] at, int i, int j, double h) {
        double sum = 0;
        for (int u = -1; u <= 1; u += 2) {
            for (int v = -1; v <= 1; v += 2) {
                double[] moved = at.clone();
                moved[i] += u * h;
                moved[j] += v * h;
                sum += u * v * f.apply(manager.create(moved)).getDouble();
            }
        }
        return sum / (4 * h * h);
    }

    private NDArray leaf(double... values) {
        NDArray leaf = manager.create(values);
        leaf.setRequiresGradient(true);
        return leaf;
    }

    private GradientCollector collector() {
        return manager.getEngine().newGradientCollector();
    }
}
