package org.scorebook.sample;

import java.util.concurrent.CancellationException;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.ODEStateAndDerivative;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince54Integrator;
import org.hipparchus.ode.sampling.ODEStateInterpolator;
import org.hipparchus.ode.sampling.ODEStepHandler;

/**
 * Dormand and Prince's Runge-Kutta method of order 5(4) with step sizes chosen by itself: one system of equations for all
 * points, whose error is measured over all of them together, as SciPy's RK45 does.
 *
 * <p>Source: Dormand and Prince, A Family of Embedded Runge-Kutta Formulae (1980).
 */
final class AdaptiveOde {
    /** {@code dy/dt}. */
    interface RightHandSide {
        double[] at(double t, double[] y);
    }

    private static final double SMALLEST_STEP = 1e-12;

    private AdaptiveOde() {}

    /** {@code y(to)} from {@code y(from)}, with absolute and relative tolerance. */
    static double[] solve(RightHandSide f, double from, double to, double[] y, double tolerance) {
        DormandPrince54Integrator integrator =
                new DormandPrince54Integrator(SMALLEST_STEP, Math.abs(to - from), tolerance, tolerance);
        integrator.addStepHandler(new StopWhenInterrupted());
        return integrator
                .integrate(new Equation(f, y.length), new ODEState(from, y), to)
                .getPrimaryState();
    }

    private record Equation(RightHandSide f, int dimension) implements OrdinaryDifferentialEquation {
        @Override
        public int getDimension() {
            return dimension;
        }

        @Override
        public double[] computeDerivatives(double t, double[] y) {
            return f.at(t, y);
        }
    }

    private static final class StopWhenInterrupted implements ODEStepHandler {
        @Override
        public void handleStep(ODEStateInterpolator interpolator) {
            if (Thread.interrupted()) {
                ODEStateAndDerivative state = interpolator.getCurrentState();
                throw new CancellationException("integration was interrupted at time " + state.getTime());
            }
        }
    }
}
