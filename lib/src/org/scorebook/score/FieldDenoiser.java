package org.scorebook.score;

import ai.djl.ndarray.NDArray;
import org.scorebook.process.NoiseSchedule;

/**
 * A vector field, for instance a trained network, read as a denoiser.
 *
 * @param field what it predicts depends on the parameterization
 * @param parameterization what the field predicts
 * @param schedule of the noise it was trained on; the field is given this schedule's own times
 */
public record FieldDenoiser(VectorField field, Parameterization parameterization, NoiseSchedule schedule)
        implements Denoiser {
    @Override
    public NDArray denoise(NDArray x, double t) {
        return parameterization.data(output(x, t), x, schedule.alpha(t), schedule.sigma(t));
    }

    /** The field itself where it predicts the score, so that nothing is lost where sigma is small; else as derived. */
    @Override
    public NDArray score(NDArray x, double t) {
        return parameterization == Parameterization.SCORE
                ? output(x, t)
                : predict(x, t).score();
    }

    private NDArray output(NDArray x, double t) {
        return field.at(x, x.getManager().create(new double[] {t}).toType(x.getDataType(), false));
    }
}
