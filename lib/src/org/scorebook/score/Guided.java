package org.scorebook.score;

import static org.scorebook.aten.Autograd.times;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.scorebook.aten.Recorded;
import org.scorebook.base.Require;

/**
 * Classifier-free guidance: what a field predicts for a class, taken further away from what it predicts without one,
 *
 * <pre>eps = eps_u + w (eps_c - eps_u)</pre>
 *
 * Both halves are one batched call. w = 0 ignores the class, w = 1 is the plain conditional prediction, and a larger w
 * exaggerates what is typical of the class, at the price of variety. For w = 0 and w = 1 only one half is computed.
 *
 * <p>Source: Ho and Salimans, Classifier-Free Diffusion Guidance (2022), eq. 6 with w = 1 + their w.
 *
 * @param field trained with labels that were left out now and then; predicts noise, or anything linear in it
 * @param labels of the points, int64, of shape (B) or (1), from 0 to the number of classes, which means no class
 * @param scale w, 0 or more
 */
public record Guided(ConditionalField field, NDArray labels, double scale) implements VectorField {
    public Guided {
        Require.given("field", field);
        Require.given("labels", labels);
        Require.notNegative("scale", scale);
        Labels.require(labels, field.classes());
    }

    @Override
    public NDArray at(NDArray x, NDArray t) {
        long batch = Require.given("x", x).getShape().get(0);
        Require.given("t", t);
        Labels.requireShape(labels, batch);
        if (scale == 0) {
            return field.at(x, t);
        }
        NDArray classes = Recorded.beside(labels.broadcast(new Shape(batch)), x); // the labels may live longer
        if (scale == 1) {
            return field.at(x, t, classes);
        }
        NDArray none = x.getManager().full(new Shape(batch), field.classes(), DataType.INT64);
        NDArray moments = t.broadcast(new Shape(batch));
        NDList halves = field.at(x.concat(x), moments.concat(moments), classes.concat(none))
                .split(2, 0);
        NDArray plain = halves.get(1);
        return plain.add(times(halves.get(0).sub(plain), scale));
    }
}
