package org.scorebook.metric;

/** The Kullback-Leibler divergence: the mean number of nats that coding p's points by q costs too much. */
public final class KullbackLeibler {
    private KullbackLeibler() {}

    /**
     * Between two densities on one evenly spaced grid, {@code KL(p || q) = integral p log(p / q)}, by the rectangle rule; the
     * grid should reach where p is negligible. Where p is 0 the integrand is 0.
     *
     * @param p densities, 0 or more
     * @param q densities, positive wherever p is
     * @param spacing of the grid, positive
     * @return in nats
     */
    public static double onGrid(double[] p, double[] q, double spacing) {
        if (p.length != q.length) {
            throw new IllegalArgumentException(
                    "p and q must have one length, but have " + p.length + " and " + q.length);
        }
        if (!(spacing > 0)) {
            throw new IllegalArgumentException("spacing must be positive, but is " + spacing);
        }
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            if (!(p[i] >= 0 && q[i] >= 0) || (p[i] > 0 && q[i] == 0)) {
                throw new IllegalArgumentException("q must be positive wherever p is, and p 0 or more, but at " + i
                        + " they are " + q[i] + " and " + p[i]);
            }
            sum += p[i] == 0 ? 0 : p[i] * Math.log(p[i] / q[i]);
        }
        return sum * spacing;
    }
}
