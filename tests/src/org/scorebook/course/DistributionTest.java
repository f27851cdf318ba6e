package org.scorebook.course;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.course.Outputs.failing;
import static org.scorebook.course.Outputs.hint;
import static org.scorebook.course.Outputs.passing;
import static org.scorebook.course.Outputs.problem;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DistributionTest {
    private static double[] normal(long seed, int count, double mean, double deviation) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] draws = new double[count];
        for (int i = 0; i < count; i++) {
            draws[i] = mean + deviation * random.nextGaussian();
        }
        return draws;
    }

    private static double[] logistic(long seed, int count, double mean, double scale) {
        SplittableRandom random = new SplittableRandom(seed);
        return random.doubles(count)
                .map(u -> mean + scale * Math.log(u / (1 - u)))
                .toArray();
    }

    private static double cdf(double x) {
        return 1 / (1 + Math.exp(-(x - 1) / 0.5));
    }

    private static Check check(double[] draws) {
        return Check.exercise("1").distribution("draws", () -> draws, DistributionTest::cdf, 0.01);
    }

    @Test
    void rightDrawsPass() {
        assertEquals(
                "✓ draws (error probability 0.01)",
                passing(check(logistic(1, 1000, 1, 0.5))).get(0));
        passing(Check.exercise("1").moments("draws", () -> normal(1, 1000, 1, 0.5), 1, 0.25, 0.01));
    }

    @Test
    void wrongDrawsFail() {
        String problem = failing(check(logistic(1, 1000, 1.2, 0.5))).get(0);
        assertTrue(
                problem.matches(
                        "✗ draws: expected a gap of at most 0\\.0513 between .* of 1000 draws .*, but came 0\\.\\d+"),
                problem);
        String variance = failing(Check.exercise("1").moments("draws", () -> normal(1, 4000, 1, 0.55), 1, 0.25, 0.01))
                .get(0);
        assertTrue(
                variance.matches(
                        "✗ draws: expected 0\\.25 within 0\\.0194 as the variance, but came 0\\.2988, off by .*"),
                variance);
        String mean = failing(Check.exercise("1").moments("draws", () -> normal(1, 4000, 0.9, 0.5), 1, 0.25, 0.01))
                .get(0);
        assertTrue(mean.contains("as the mean, but came 0.898"), mean);
    }

    /** Of 2,000 sets of right draws about the stated share fails: 1 of 100, in both kinds of test. */
    @Test
    void theErrorProbabilityIsTheStatedOne() {
        int gaps = 0;
        int moments = 0;
        for (int seed = 0; seed < 2000; seed++) {
            gaps += failures(new Distributed(DistributionTest::cdf, 0.01, () -> 1), logistic(seed, 400, 1, 0.5));
            moments += failures(new MeanAndVariance(1, 0.25, 0.01, () -> 2), normal(seed, 400, 1, 0.5));
        }
        assertTrue(gaps > 8 && gaps < 34, gaps + " of 20");
        assertTrue(moments > 8 && moments < 45, moments + " of 20");
    }

    private static int failures(Judge judge, double[] draws) {
        return judge.problem(draws).isEmpty() ? 0 : 1;
    }

    /** The more tests, the less each of them may fail by chance: this gap is between the limits for one and for ten. */
    @Test
    void severalTestsShareTheErrorProbability() {
        double[] draws = logistic(1, 1000, 1.14, 0.5);
        failing(check(draws));
        Check ten = check(draws);
        for (int i = 0; i < 9; i++) {
            ten.distribution("again", () -> draws, DistributionTest::cdf, 0.01);
        }
        passing(ten);
    }

    @Test
    void hintsAreFoundForDraws() {
        assertTrue(hint(check(logistic(1, 1000, -1, 0.5))).startsWith("with the other sign"));
        assertTrue(hint(check(logistic(1, 1000, 2, 1))).startsWith("half of your value"));
    }

    @Test
    void whatIsNoSampleIsTold() {
        assertEquals("✗ draws: expected at least 20 draws, but came 19", problem(check(new double[19])));
        assertEquals("✗ draws: expected draws, but came null", problem(check(null)));
        double[] broken = normal(1, 30, 1, 0.5);
        broken[7] = Double.NaN;
        assertEquals("✗ draws: expected finite draws, but some are NaN or infinite", problem(check(broken)));
        assertEquals(
                List.of(1, 2),
                List.of(
                        new Distributed(x -> x, 0.1, () -> 1).tests(),
                        new MeanAndVariance(0, 1, 0.1, () -> 2).tests()));
    }
}
