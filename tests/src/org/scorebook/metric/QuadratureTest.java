package org.scorebook.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.score.EnergyFunction;
import org.scorebook.toy.GaussianMixture;

class QuadratureTest {
    private static final DataType DOUBLE = DataType.FLOAT64;

    @Seeded(1)
    private NDManager manager;

    /** Of {@code N((m, 0), s^2 I)}, with a constant added that Z must undo. */
    private static EnergyFunction gaussian(double m, double s, double constant) {
        GaussianMixture density = new GaussianMixture(new double[] {1}, new double[][] {{m, 0}}, new double[] {s});
        return x -> density.logDensity(x).neg().add(constant);
    }

    @Test
    void findsTheConstantOfADensity() {
        PlaneDensity p = new Quadrature(-8, 8, 64).density(gaussian(0.3, 0.7, 100), manager, DOUBLE);
        assertEquals(-100, p.logZ(), 1e-12);
        assertTrue(p.error() < 1e-8 && p.edgeMass() < 1e-20, p.error() + " " + p.edgeMass());
        PlaneDensity single = new Quadrature(-8, 8, 64).density(gaussian(0.3, 0.7, 100), manager);
        assertEquals(-100, single.logZ(), 1e-4);
    }

    /** 1e-8 at one point a deviation, nothing at two: {@code 2 exp(-2 pi^2 (s / h)^2)} in each direction. */
    @Test
    void theErrorFallsFasterThanAnyPower() {
        double once = new Quadrature(-8, 8, 16)
                .density(gaussian(0, 1, 0), manager, DOUBLE)
                .logZ();
        double half = new Quadrature(-8, 8, 8)
                .density(gaussian(0, 1, 0), manager, DOUBLE)
                .logZ();
        assertEquals(4 * Math.exp(-2 * Math.PI * Math.PI), once, 1e-12);
        assertEquals(2 * Math.log1p(2 * Math.exp(-2 * Math.PI * Math.PI / 4)), half, 1e-6);
        PlaneDensity coarse = new Quadrature(-8, 8, 16).density(gaussian(0, 1, 0), manager, DOUBLE);
        assertTrue(coarse.error() > Math.abs(once) && coarse.edgeMass() < 1e-12);
    }

    /** exp(x + y) on the square from 0 to 1: the rule's error is h^2 / 6 for both directions together. */
    @Test
    void cutOffDensitiesConvergeInOrderTwo() {
        EnergyFunction energy = x -> x.sum(new int[] {1}).neg();
        double exact = 2 * Math.log(Math.E - 1);
        double coarse =
                new Quadrature(0, 1, 20).density(energy, manager, DOUBLE).logZ() - exact;
        double fine = new Quadrature(0, 1, 40).density(energy, manager, DOUBLE).logZ() - exact;
        assertEquals(1 / 6.0 / 400, coarse, 1e-5);
        assertEquals(4, coarse / fine, 0.01);
    }

    /** {@code KL = d^2 / (2 s^2)} for two means d apart. */
    @Test
    void divergenceOfTwoGaussians() {
        Quadrature grid = new Quadrature(-9, 9, 90);
        PlaneDensity p = grid.density(gaussian(0.5, 0.8, 3), manager, DOUBLE);
        PlaneDensity q = grid.density(gaussian(-0.7, 0.8, -7), manager, DOUBLE);
        assertEquals(1.44 / 2 / 0.64, p.divergenceTo(q), 1e-10);
        assertEquals(0, p.divergenceTo(p), 0);
        double ratio = 0.64; // of variances, from N(0, 0.8^2 I) to N(0, I)
        PlaneDensity wide = grid.density(gaussian(0.5, 1, 0), manager, DOUBLE);
        assertEquals(ratio - 1 - Math.log(ratio), p.divergenceTo(wide), 1e-10);
    }

    /** Where the model's density is below the least double, logarithms still tell by how much. */
    @Test
    void divergenceFromAModelThatIsFarOff() {
        Quadrature grid = new Quadrature(-9, 9, 180);
        PlaneDensity p = grid.density(gaussian(5, 0.3, 0), manager, DOUBLE);
        PlaneDensity q = grid.density(gaussian(-5, 0.2, 0), manager, DOUBLE);
        double ratio = 0.09 / 0.04;
        assertEquals(100 / (2 * 0.04) + ratio - 1 - Math.log(ratio), p.divergenceTo(q), 1e-6);
        PlaneDensity none = grid.density(
                x -> x.get(":, 0").gt(0).toType(DOUBLE, false).mul(1e308).mul(10), manager, DOUBLE);
        assertEquals(Double.POSITIVE_INFINITY, p.divergenceTo(none));
    }

    /** Minus the entropy and the divergence: {@code -log(2 pi e s^2)} where the model is the truth. */
    @Test
    void meanLogLikelihoodOfPoints() {
        NDArray points = manager.randomNormal(0, 0.8f, new Shape(50_000, 2), DOUBLE);
        EnergyFunction energy = gaussian(0, 0.8, 12);
        PlaneDensity p = new Quadrature(-9, 9, 90).density(energy, manager, DOUBLE);
        double expected = -Math.log(2 * Math.PI * Math.E * 0.64);
        assertEquals(expected, p.meanLogLikelihood(energy, points), 3 / Math.sqrt(50_000));
    }

    @Test
    void leavesNoArraysBehind() {
        int before = manager.getManagedArrays().size();
        new Quadrature(-9, 9, 200).density(gaussian(0, 1, 0), manager, DOUBLE);
        assertEquals(before, manager.getManagedArrays().size());
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals("intervals must be even, but is 7", message(() -> new Quadrature(0, 1, 7)));
        assertEquals(
                "intervals must be at most 4096, but is 50000: the grid has as many points as their square, and all are"
                        + " kept",
                message(() -> new Quadrature(-1, 1, 50_000)));
        assertEquals(
                "from must be below to, and both finite, but they are 1.0 and 0.0",
                message(() -> new Quadrature(1, 0, 8)));
        Quadrature grid = new Quadrature(-1, 1, 8);
        assertEquals(
                "energy must be a number above minus infinity on the whole grid, but is NaN somewhere",
                message(() -> grid.density(x -> x.get(":, 0").sub(9).log(), manager)));
        assertEquals(
                "energy must give one number for each of 81 points, but gives an array of shape (81, 2)",
                message(() -> grid.density(x -> x, manager)));
        PlaneDensity p = grid.density(gaussian(0, 1, 0), manager, DOUBLE);
        PlaneDensity q = new Quadrature(-2, 2, 8).density(gaussian(0, 1, 0), manager, DOUBLE);
        assertTrue(message(() -> p.divergenceTo(q)).startsWith("q must be on the grid"));
        NDArray space = manager.zeros(new Shape(4, 3), DOUBLE);
        assertEquals(
                "points must have shape (B, 2), but have (4, 3)",
                message(() -> p.meanLogLikelihood(gaussian(0, 1, 0), space)));
    }
}
