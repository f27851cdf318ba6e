package org.scorebook.sample;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.base.Require;

/**
 * The motion of a point of mass 1 down an energy, {@code dq/dt = p, dp/dt = -grad E(q)}, by the leapfrog method:
 *
 * <pre>p' = p - h/2 grad E(q),   q' = q + h p',   p'' = p' - h/2 grad E(q')</pre>
 *
 * Each step can be undone by the same step with p reversed, and keeps volumes; the energy {@code E(q) + |p|^2 / 2} drifts by an
 * error of order h^2.
 *
 * <p>Source: Neal, MCMC Using Hamiltonian Dynamics (2011), eqs. 5.18 to 5.20.
 */
public final class Leapfrog {
    private Leapfrog() {}

    /**
     * Where points are and how they move.
     *
     * @param q of shape (B, ...)
     * @param p momenta, of the same shape
     */
    public record State(NDArray q, NDArray p) {
        public State {
            ArrayChecks.sameShape("p", p, Require.given("q", q));
        }

        /** The same place, moving the other way. */
        public State reversed() {
            return new State(q, p.neg());
        }
    }

    /**
     * Takes some steps, with steps + 1 evaluations of the score.
     *
     * @param score {@code -grad E}
     * @param start left as it is
     * @param stepSize h, positive
     * @param steps at least 1
     */
    public static State run(UnaryOperator<NDArray> score, State start, double stepSize, int steps) {
        Require.given("score", score);
        Require.given("start", start);
        Require.positive("stepSize", stepSize);
        Require.atLeast("steps", steps, 1);
        NDArray q = start.q();
        NDArray p = start.p().add(scoreAt(q, score).mul(stepSize / 2));
        for (int i = 1; i <= steps; i++) {
            q = q.add(p.mul(stepSize));
            p = p.add(scoreAt(q, score).mul(i < steps ? stepSize : stepSize / 2));
        }
        return new State(q, p);
    }

    private static NDArray scoreAt(NDArray q, UnaryOperator<NDArray> score) {
        return ArrayChecks.sameShape("score", score.apply(q), q);
    }
}
