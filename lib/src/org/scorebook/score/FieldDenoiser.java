package org.scorebook.score;

import ai.djl.ndarray.NDArray;
import org.scorebook.aten.ArrayChecks;
import org.scorebook.base.Require;
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
    public FieldDenoiser {
        Require.given("field", field);
        Require.given("parameterization", parameterization);
        Require.given("schedule", schedule);
    }

    /** @throws IllegalArgumentException if x has whole numbers, or the field gives another shape than that of x */
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
        ArrayChecks.floating("x", x);
        NDArray time = x.getManager().create(new double[] {t}).toType(x.getDataType(), false);
        return ArrayChecks.sameShape("the field's values", field.at(x, time), x);
    }
}
