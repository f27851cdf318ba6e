package org.scorebook.process;

import org.scorebook.base.Require;

/**
 * Betas whose product of {@code 1 - beta} follows a squared cosine:
 *
 * <pre>beta_t = min(1 - f(t) / f(t - 1), largest),   f(t) = cos^2((t / T + s) / (1 + s) pi / 2)</pre>
 *
 * Source: Nichol, Dhariwal, Improved Denoising Diffusion Probabilistic Models (2021), eq. 17, with s = 0.008 and 0.999.
 *
 * @param steps T, at least 1
 * @param offset s, positive: keeps the first betas from being too small
 * @param largest between 0 and 1: keeps the last step from deleting everything
 */
public record CosineBetas(int steps, double offset, double largest) implements Betas {
    public CosineBetas {
        Require.atLeast("steps", steps, 1);
        Require.positive("offset", offset);
        Checks.beta("largest", largest);
    }

    /** With the paper's offset 0.008 and largest beta 0.999. */
    public CosineBetas(int steps) {
        this(steps, 0.008, 0.999);
    }

    @Override
    public double beta(int t) {
        Checks.step(t, steps);
        // f(t - 1) - f(t) as a product of sines, which keeps all digits where the two are nearly equal
        double a = angle(t - 1);
        double b = angle(t);
        double ratio = Math.sin(b - a) * Math.sin(b + a) / (Math.cos(a) * Math.cos(a));
        return Math.min(ratio, largest);
    }

    private double angle(int t) {
        return ((double) t / steps + offset) / (1 + offset) * Math.PI / 2;
    }
}
