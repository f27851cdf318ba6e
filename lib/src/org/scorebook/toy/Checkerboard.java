package org.scorebook.toy;

import java.util.random.RandomGenerator;

/**
 * The eight black squares of a board of four by four on {@code [-4, 4]^2}, each of side 2 and uniformly filled: those with
 * {@code floor(x_1 / 2) + floor(x_2 / 2)} even.
 *
 * <p>Source: the toy data of Grathwohl et al., FFJORD (2019).
 */
public record Checkerboard() implements PointSet {
    @Override
    public double[][] points(int n, RandomGenerator random) {
        return Points.each(n, () -> {
            int column = random.nextInt(4) - 2;
            int row = 2 * random.nextInt(2) - 2 + Math.floorMod(column, 2);
            return new double[] {2 * (column + random.nextDouble()), 2 * (row + random.nextDouble())};
        });
    }
}
