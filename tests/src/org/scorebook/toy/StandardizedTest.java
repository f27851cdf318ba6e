package org.scorebook.toy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.scorebook.Refusal.message;
import static org.scorebook.toy.PointSetsTest.deviation;
import static org.scorebook.toy.PointSetsTest.mean;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StandardizedTest {
    /** One map for all draws: the same for any seed and number of points, with the moments of 200,000 other points. */
    @Test
    void standardizedMovesAndScalesTheWhole() {
        PointSet roll = new SwissRoll().standardized(2);
        double[][] many = roll.points(200_000, 9);
        assertEquals(0, mean(many, p -> p[0]), 0.03);
        assertEquals(0, mean(many, p -> p[1]), 0.03);
        assertEquals(2, Math.sqrt(mean(many, p -> (p[0] * p[0] + p[1] * p[1]) / 2)), 0.02);
        double[] a = new SwissRoll().points(1, 5)[0];
        double[] b = new SwissRoll().points(3, 6)[2];
        double[] mappedA = roll.points(1, 5)[0];
        double[] mappedB = roll.points(3, 6)[2];
        double factor = (mappedA[0] - mappedB[0]) / (a[0] - b[0]);
        assertEquals(factor, (mappedA[1] - mappedB[1]) / (a[1] - b[1]), 1e-12);
        assertEquals(2 / deviation(new SwissRoll().points(200_000, 9), p -> p[0]), factor, 0.03 * factor);
    }

    @Test
    void aLearnersSetIsOneLambda() {
        PointSet corners = (n, random) -> {
            double[][] points = new double[n][];
            Arrays.setAll(points, i -> new double[] {4 * random.nextInt(2), 2 * random.nextInt(2)});
            return points;
        };
        double[][] plain = corners.points(50, 1);
        double[][] points = new Standardized(corners, 1).points(50, 1);
        for (int i = 0; i < 50; i++) {
            assertEquals((plain[i][0] - 2) / Math.sqrt(2.5), points[i][0], 0.02);
            assertEquals((plain[i][1] - 1) / Math.sqrt(2.5), points[i][1], 0.02);
        }
        PointSet fixed = (n, random) -> new double[4][2];
        assertEquals("points must give 3 rows, but gave 4", message(() -> fixed.points(3, 1)));
        PointSet line = (n, random) -> new double[n][1];
        assertEquals("points must give rows of two numbers, but one has 1", message(() -> line.points(3, 1)));
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals("deviation must be positive and finite, but is 0.0", message(() -> new Moons().standardized(0)));
        PointSet origin = (n, random) -> new double[n][2];
        assertEquals(
                "source must draw finite points that differ, but all 100000 together have a variance of 0.0",
                message(() -> origin.standardized(1)));
    }
}
