package org.scorebook.toy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.scorebook.base.Require;
import org.scorebook.process.NoiseSchedule;
import org.scorebook.score.Denoiser;
import org.scorebook.score.VectorField;

/**
 * A Gaussian mixture under noise, exactly: {@code x_t = alpha x_0 + sigma eps} has the density
 * {@code p_t(x) = sum_k w_k N(x; alpha mu_k, (alpha^2 s_k^2 + sigma^2) I)}. As a vector field it gives the score.
 *
 * @param mixture the density of x_0
 * @param schedule of the noise
 */
public record DiffusedMixture(GaussianMixture mixture, NoiseSchedule schedule) implements Denoiser, VectorField {
    public DiffusedMixture {
        Require.given("mixture", mixture);
        Require.given("schedule", schedule);
    }

    /** {@code log p_t(x)}, of shape (B). */
    public NDArray logDensity(NDArray x, double t) {
        return components(x, t).logDensity();
    }

    @Override
    public NDArray score(NDArray x, double t) {
        return components(x, t).score();
    }

    @Override
    public NDArray denoise(NDArray x, double t) {
        return components(x, t).denoised();
    }

    /** The score of each row at its own time. */
    @Override
    public NDArray at(NDArray x, NDArray t) {
        Require.given("x", x);
        try (NDArray wide = Require.given("t", t).toType(DataType.FLOAT64, true)) {
            double[] times = wide.toDoubleArray();
            return new MixtureComponents(
                            mixture, x, column(times, schedule::alpha, x), column(times, schedule::sigma, x))
                    .score();
        }
    }

    private MixtureComponents components(NDArray x, double t) {
        return new MixtureComponents(mixture, x, schedule.alpha(t), schedule.sigma(t));
    }

    private static NDArray column(double[] times, DoubleUnaryOperator value, NDArray like) {
        double[] values = Arrays.stream(times).map(value).toArray();
        return like.getManager()
                .create(values)
                .toType(like.getDataType(), false)
                .reshape(-1, 1);
    }
}
