package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import org.scorebook.aten.AdamW;
import org.scorebook.base.Require;
import org.scorebook.model.NeuralField;
import org.scorebook.model.NonFinite;

/**
 * Trains a network in this process: a batch, its loss, the gradient, a step of Adam, over and over. Each step owns its
 * arrays; the loop stops when its thread is interrupted, with the network as the last whole step left it.
 */
public final class Trainer implements AutoCloseable {
    private final NeuralField field;
    private final Descent descent;
    private final Batches data;
    private final int batchSize;
    private final NDManager manager;
    private final RandomGenerator random;
    private LearningRate learningRate = LearningRate.constant(1e-3);
    private TrainingListener listener = (step, loss) -> {};

    /**
     * @param field the network to train
     * @param objective the loss
     * @param data the batches
     * @param batchSize at least 1
     * @param seed of batches and times; normal numbers come from the engine
     */
    public Trainer(NeuralField field, Objective objective, Batches data, int batchSize, long seed) {
        Require.atLeast("batchSize", batchSize, 1);
        this.field = Require.given("field", field);
        this.data = Require.given("data", data);
        this.batchSize = batchSize;
        random = new SplittableRandom(seed);
        manager = field.parameters().get(0).getManager().newSubManager();
        descent = new Descent(field, objective, new AdamW(manager, field.parameters(), 0, Double.POSITIVE_INFINITY));
    }

    /** Sets the learning rate, which is a constant 1e-3 without this. */
    public Trainer learningRate(LearningRate rate) {
        learningRate = Require.given("rate", rate);
        return this;
    }

    /** Tells a listener of each step. */
    public Trainer listen(TrainingListener trainingListener) {
        listener = Require.given("trainingListener", trainingListener);
        return this;
    }

    /**
     * Trains for so many steps; a second call goes on, with a learning rate that starts again.
     *
     * @return the loss of each step
     * @throws ArithmeticException if a loss or a gradient is not finite; the message says where such a value arose, and the
     *     network is as the step before left it
     * @throws CancellationException if the thread was interrupted; the interrupt is used up
     */
    public double[] run(int steps) {
        Require.atLeast("steps", steps, 1);
        double[] losses = new double[steps];
        for (int i = 0; i < steps; i++) {
            losses[i] = step(i + 1, learningRate.at(i, steps));
            listener.step(i + 1, losses[i]);
            if (Thread.interrupted()) {
                throw new CancellationException(
                        "training was interrupted after " + (i + 1) + " of " + steps + " steps");
            }
        }
        return losses;
    }

    private double step(int number, double rate) {
        try (NDManager arrays = manager.newSubManager()) {
            NDArray batch = data.next(arrays, batchSize, random);
            double loss = descent.add(batch, null, 1, random);
            double norm = Double.isFinite(loss) ? descent.step(rate) : Double.NaN;
            if (!Double.isFinite(norm)) {
                String where = NonFinite.report(loss, field, () -> descent.add(batch, null, 1, random));
                descent.skip();
                throw new ArithmeticException("in step " + number + " " + where
                        + "; look for such values in the data, or take a smaller learning rate");
            }
            return loss;
        }
    }

    /** Frees the optimizer's memory, not the network. */
    @Override
    public void close() {
        manager.close();
    }
}
