package org.scorebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.model.Activation;
import org.scorebook.model.Mlp;
import org.scorebook.model.NeuralField;
import org.scorebook.optim.AdamW;
import org.scorebook.score.Noise;
import org.scorebook.score.VectorField;

class LossTermTest {
    private static final Objective<VectorField> SQUARES = (model, data, noise, random) -> field ->
            field.at(data, data.getManager().zeros(new Shape(1))).square().mean();

    /** Two halves of a batch, each with half a share, have the gradient of the whole, and so make the same step. */
    @Test
    void halvesAddUpToTheWhole(@Seeded(4) NDManager manager) {
        NeuralField whole = field(manager);
        NeuralField halves = field(manager);
        halves.load(whole.state());
        NDArray data = manager.randomNormal(new Shape(8, 2));
        double loss = descend(manager, whole, List.of(data), 1);
        double both = descend(manager, halves, List.of(data.get("0:4"), data.get("4:8")), 0.5);
        assertEquals(loss, both / 2, 1e-6);
        for (int i = 0; i < whole.parameters().size(); i++) {
            assertArrayEquals(
                    whole.parameters().get(i).toFloatArray(),
                    halves.parameters().get(i).toFloatArray(),
                    1e-5f);
        }
    }

    private static NeuralField field(NDManager manager) {
        return new NeuralField(Mlp.ofPoints(Activation.TANH, 2, 8), manager, new Shape(2));
    }

    private static double descend(NDManager manager, NeuralField field, List<NDArray> batches, double share) {
        AdamW optimizer = new AdamW(manager, field.parameters(), 0, 1);
        double sum = 0;
        for (NDArray batch : batches) {
            sum += SQUARES.prepare(field, batch, Noise.engine(), new SplittableRandom(1))
                    .backward(field, share);
        }
        optimizer.step(0.01);
        return sum;
    }
}
