package org.scorebook.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DiscreteScheduleTest {
    private static final MathContext DIGITS = new MathContext(40);

    static Stream<Betas> all() {
        return Stream.of(
                new ConstantBetas(250, 0.02),
                new LinearBetas(1000, 1e-4, 0.02),
                new QuadraticBetas(1000, 1e-4, 0.02),
                new SigmoidBetas(1000, 1e-4, 0.02),
                new CosineBetas(1000));
    }

    /** alphaBar and sigma against the product in 40 digits: also where sigma^2 is 1e-4. */
    @ParameterizedTest
    @MethodSource("all")
    void alphaAndSigmaAreTheProductOfTheSteps(Betas betas) {
        DiscreteSchedule schedule = new DiscreteSchedule(betas);
        BigDecimal product = BigDecimal.ONE;
        for (int t = 1; t <= betas.steps(); t++) {
            product = product.multiply(BigDecimal.ONE.subtract(new BigDecimal(betas.beta(t))), DIGITS);
            double alphaBar = product.doubleValue();
            double variance = BigDecimal.ONE.subtract(product).doubleValue();
            assertEquals(1, schedule.alphaBar(t) / alphaBar, 1e-12, "alphaBar of " + t);
            assertEquals(1, schedule.alpha(t) / Math.sqrt(alphaBar), 1e-12, "alpha of " + t);
            assertEquals(1, schedule.sigma(t) / Math.sqrt(variance), 1e-12, "sigma of " + t);
        }
        assertEquals(1, schedule.alpha(0));
        assertEquals(0, schedule.sigma(0));
        assertEquals(Double.POSITIVE_INFINITY, schedule.logSnr(0));
    }

    /** One posterior step back from x_t ~ N(alpha x_0, sigma^2) must give x_{t-1}'s own mean and variance. */
    @ParameterizedTest
    @MethodSource("all")
    void posteriorLeadsBackToTheMarginal(Betas betas) {
        DiscreteSchedule schedule = new DiscreteSchedule(betas);
        for (int t = 1; t <= betas.steps(); t++) {
            double state = schedule.posteriorStateFactor(t);
            double mean = schedule.posteriorDataFactor(t) + state * schedule.alpha(t);
            double variance = schedule.posteriorVariance(t) + Math.pow(state * schedule.sigma(t), 2);
            assertEquals(schedule.alpha(t - 1), mean, 1e-12, "mean at " + t);
            assertEquals(Math.pow(schedule.sigma(t - 1), 2), variance, 1e-12, "variance at " + t);
        }
        assertEquals(0, schedule.posteriorVariance(1));
    }

    @Test
    void cosineFollowsItsFormulaUntilTheCap() {
        DiscreteSchedule schedule = new DiscreteSchedule(new CosineBetas(1000));
        double start = Math.pow(Math.cos(0.008 / 1.008 * Math.PI / 2), 2);
        for (int t = 0; t < 1000; t++) {
            double expected = Math.pow(Math.cos((t / 1000.0 + 0.008) / 1.008 * Math.PI / 2), 2) / start;
            assertEquals(expected, schedule.alphaBar(t), 1e-12, "t = " + t);
        }
        assertEquals(0.999, schedule.beta(1000));
    }

    @Test
    void betasAtTheirEndsAndMiddle() {
        assertEquals(1e-4, new LinearBetas(1000, 1e-4, 0.02).beta(1), 1e-17);
        assertEquals(0.02, new LinearBetas(1000, 1e-4, 0.02).beta(1000), 1e-17);
        assertEquals(0.01, new LinearBetas(3, 0.005, 0.015).beta(2), 1e-17);
        assertEquals(Math.pow((0.1 + 0.2) / 2, 2), new QuadraticBetas(3, 0.01, 0.04).beta(2), 1e-15);
        assertEquals(0.25, new SigmoidBetas(3, 0.1, 0.4).beta(2), 1e-15);
        assertEquals(0.1 + 0.3 / (1 + Math.exp(6)), new SigmoidBetas(3, 0.1, 0.4).beta(1), 1e-15);
    }

    @Test
    void badArgumentsAreNamed() {
        assertEquals("steps must be at least 1, but is 0", message(() -> new ConstantBetas(0, 0.1)));
        assertEquals("beta must be between 0 and 1, both excluded, but is 1.0", message(() -> new ConstantBetas(5, 1)));
        assertEquals(
                "beta must be between 0 and 1, both excluded, but is NaN",
                message(() -> new ConstantBetas(5, Double.NaN)));
        assertEquals(
                "first must be below last, but they are 0.02 and 1.0E-4",
                message(() -> new LinearBetas(10, 0.02, 1e-4)));
        assertTrue(message(() -> new QuadraticBetas(10, 0.1, 1.5)).startsWith("last must be between 0 and 1"));
        assertEquals("offset must be positive and finite, but is -1.0", message(() -> new CosineBetas(10, -1, 0.9)));
        for (int steps : new int[] {0, -1, -5}) {
            assertEquals("the number of steps must be at least 1, but is " + steps, message(() -> noBetas(steps)));
        }
        DiscreteSchedule schedule = new DiscreteSchedule(new ConstantBetas(10, 0.1));
        assertEquals("t must be from 0 to 10.0, but is 11.0", message(() -> schedule.alpha(11)));
        assertEquals("t must be from 0 to 10.0, but is NaN", message(() -> schedule.sigma(Double.NaN)));
        assertEquals("t must be a whole number of steps, but is 2.5", message(() -> schedule.alpha(2.5)));
        assertEquals("t must be from 1 to 10, but is 0", message(() -> schedule.beta(0)));
    }

    private static DiscreteSchedule noBetas(int steps) {
        return new DiscreteSchedule(new Betas() {
            @Override
            public int steps() {
                return steps;
            }

            @Override
            public double beta(int t) {
                return 0.1;
            }
        });
    }
}
