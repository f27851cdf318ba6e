package org.scorebook.toy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebook.Seeded;
import org.scorebook.metric.Quadrature;

class MoonsDensityTest {
    @Seeded(1)
    private NDManager manager;

    /** The integral over both moons by Simpson's rule with 40,001 points, in logarithms. */
    private static double exact(double noise, double x, double y) {
        int n = 40_000;
        double[] exponents = new double[2 * (n + 1)];
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i <= n; i++) {
            double t = Math.PI * i / n;
            double upper = Math.pow(x - Math.cos(t), 2) + Math.pow(y - Math.sin(t), 2);
            double lower = Math.pow(x - 1 + Math.cos(t), 2) + Math.pow(y - 0.5 + Math.sin(t), 2);
            double weight = Math.log(i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2);
            exponents[2 * i] = weight - upper / (2 * noise * noise);
            exponents[2 * i + 1] = weight - lower / (2 * noise * noise);
            largest = Math.max(largest, Math.max(exponents[2 * i], exponents[2 * i + 1]));
        }
        double sum = 0;
        for (double exponent : exponents) {
            sum += Math.exp(exponent - largest);
        }
        double volume = 2 * Math.PI * noise * noise;
        return Math.log(sum * Math.PI / n / 3 / (2 * Math.PI) / volume) + largest;
    }

    /** Up to six deviations off the moons to 1e-6; far off to a small part of a logarithm that is large there. */
    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.05, 0.1, 0.4, 2})
    void isTheIntegralAlongTheMoons(double noise) {
        SplittableRandom random = new SplittableRandom(2);
        double[][] near = new Moons().points(40, 3L);
        double[][] far = new double[40][];
        for (int i = 0; i < 40; i++) {
            double angle = random.nextDouble(2 * Math.PI);
            double distance = noise * random.nextDouble(6);
            near[i][0] += distance * Math.cos(angle);
            near[i][1] += distance * Math.sin(angle);
            far[i] = new double[] {random.nextDouble(-1.5, 2.5), random.nextDouble(-1, 1.5)};
        }
        GaussianMixture density = new Moons(noise).density();
        NDArray found = density.logDensity(manager.create(near));
        NDArray foundFar = density.logDensity(manager.create(far));
        for (int i = 0; i < 40; i++) {
            assertEquals(exact(noise, near[i][0], near[i][1]), found.getDouble(i), 1e-6);
            double expected = exact(noise, far[i][0], far[i][1]);
            assertEquals(expected, foundFar.getDouble(i), 1e-6 + 1e-3 * Math.abs(expected));
        }
    }

    @Test
    void integratesToOne() {
        GaussianMixture density = new Moons(0.1).density();
        double logZ = new Quadrature(-2.5, 3.5, 120)
                .density(x -> density.logDensity(x).neg(), manager, DataType.FLOAT64)
                .logZ();
        assertEquals(0, logZ, 1e-6);
    }

    /** Shares of cells of side 0.25 by quadrature and by 200,000 points: four standard errors of a share. */
    @Test
    void isTheDensityOfThePoints() {
        int n = 200_000;
        int side = 14;
        double width = 0.25;
        Moons moons = new Moons(0.15);
        int[][] counts = new int[side][side];
        for (double[] p : moons.points(n, 3L)) {
            int i = (int) Math.floor((p[0] + 1.5) / width);
            int j = (int) Math.floor((p[1] + 1.25) / width);
            if (i >= 0 && i < side && j >= 0 && j < side) {
                counts[i][j]++;
            }
        }
        double[][] centres = new double[side * side * 100][];
        for (int k = 0; k < centres.length; k++) {
            int cell = k / 100;
            double x = -1.5 + width * (cell / side + (k % 10 + 0.5) / 10);
            double y = -1.25 + width * (cell % side + (k % 100 / 10 + 0.5) / 10);
            centres[k] = new double[] {x, y};
        }
        double[] p = moons.density().density(manager.create(centres)).toDoubleArray();
        double chiSquared = 0;
        int cells = 0;
        for (int cell = 0; cell < side * side; cell++) {
            double share = 0;
            for (int k = 0; k < 100; k++) {
                share += p[100 * cell + k] * width * width / 100;
            }
            double found = (double) counts[cell / side][cell % side] / n;
            assertEquals(share, found, 4 * Math.sqrt((share + 1e-5) / n) + 2e-3 * share);
            if (share * n > 50) {
                chiSquared += n * Math.pow(found - share, 2) / share;
                cells++;
            }
        }
        // points are evenly spaced along the moons and not independent, so the sum may be below its mean, but not above
        assertTrue(cells > 80 && chiSquared < cells + 4 * Math.sqrt(2.0 * cells), chiSquared + " of " + cells);
    }

    @Test
    void withoutNoiseThereIsNoDensity() {
        assertEquals(
                "noise must be positive for a density, but is 0",
                assertThrows(IllegalStateException.class, () -> new Moons().density())
                        .getMessage());
    }
}
