package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.scorebook.aten.Blocks;
import org.scorebook.aten.Functional;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;
import org.scorebook.base.Shuffle;
import org.scorebook.data.Batch;
import org.scorebook.data.LabelledImages;
import org.scorebook.model.Classifier;
import org.scorebook.model.NonFinite;
import org.scorebook.optim.AdamW;

/**
 * How a classifier is trained: the cross-entropy of shuffled batches, with AdamW at a learning rate that rises over the first
 * twentieth of the steps and then falls to 0 as a cosine.
 *
 * @param epochs how often each image is seen, at least 1
 * @param batchSize images in a step, at least 1; the last step of an epoch takes what is left
 * @param learningRate the highest, positive
 * @param weightDecay of AdamW, 0 or more
 * @param seed of the order of the images; one seed gives one training on a CPU
 */
public record Classification(int epochs, int batchSize, double learningRate, double weightDecay, long seed) {
    /** Images that are classified together where nothing is learned. */
    private static final int EVALUATED = 500;

    public Classification {
        Require.atLeast("epochs", epochs, 1);
        Require.atLeast("batchSize", batchSize, 1);
        Require.positive("learningRate", learningRate);
        Require.notNegative("weightDecay", weightDecay);
    }

    /** Batches of 128, a learning rate of 3e-3, weight decay 0.01. */
    public static Classification of(int epochs, long seed) {
        return new Classification(epochs, 128, 3e-3, 0.01, seed);
    }

    /**
     * Trains a classifier.
     *
     * @param listener told the loss of each step, in nats
     * @return the share of test images whose class the trained network finds, from 0 to 1
     * @throws ArithmeticException if a loss is not finite
     * @throws IllegalArgumentException if a set is empty, or a label is not a class of the network
     * @throws CancellationException if the thread was interrupted; the interrupt is used up, and the network is as the last
     *     whole step left it
     */
    public double train(Classifier network, LabelledImages train, LabelledImages test, TrainingListener listener) {
        Require.atLeast("the number of training images", train.size(), 1);
        Require.atLeast("the number of test images", test.size(), 1);
        long perEpoch = (train.size() + batchSize - 1) / batchSize;
        LearningRate rate = LearningRate.cosine(learningRate).warmedUp(Math.max(1, epochs * perEpoch / 20));
        RandomGenerator random = new SplittableRandom(seed);
        int[] order = IntStream.range(0, train.size()).toArray();
        try (NDManager manager = managerOf(network)) {
            AdamW optimizer = new AdamW(manager, network.parameters(), weightDecay, 1);
            for (long step = 0; step < epochs * perEpoch; step++) {
                int from = (int) (step % perEpoch) * batchSize;
                if (from == 0) {
                    Shuffle.inPlace(order, random);
                }
                int[] rows = Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length));
                listener.step(step + 1, step(network, train, rows, optimizer, rate.at(step, epochs * perEpoch)));
                stopIfInterrupted("training", step + 1, epochs * perEpoch, "steps");
            }
        }
        return accuracy(network, test);
    }

    private static double step(Classifier network, LabelledImages train, int[] rows, AdamW optimizer, double rate) {
        try (NDManager arrays = managerOf(network)) {
            Batch batch = train.batch(arrays, rows);
            NDArray classes = batch.classes();
            double loss;
            try (GradientCollector collector = arrays.getEngine().newGradientCollector()) {
                NDArray scalar = Functional.crossEntropy(network.logits(batch.images()), classes);
                collector.backward(scalar);
                loss = scalar.toType(DataType.FLOAT64, false).getDouble();
            }
            if (!Double.isFinite(loss) || !Double.isFinite(optimizer.step(rate))) {
                String where = NonFinite.report(loss, network, () -> network.logits(batch.images()));
                optimizer.clearGradients();
                throw new ArithmeticException(
                        where + "; look for such values in the images, or take a smaller learning rate");
            }
            return loss;
        }
    }

    /**
     * The share of images whose class has the largest logit.
     *
     * @return from 0 to 1
     * @throws CancellationException if the thread was interrupted; the interrupt is used up
     */
    public static double accuracy(Classifier network, LabelledImages images) {
        Require.given("network", network);
        Require.given("images", images);
        Require.atLeast("the number of images", images.size(), 1);
        long[] right = {0};
        try (NDManager manager = managerOf(network)) {
            Blocks.forEach(images.size(), EVALUATED, manager, (arrays, rows) -> {
                right[0] += right(network, images.batch(arrays, rows));
                stopIfInterrupted("the test", rows[0] + rows.length, images.size(), "images");
            });
        }
        return (double) right[0] / images.size();
    }

    private static long right(Classifier network, Batch batch) {
        NDArray found = Torch.untracked(() -> network.logits(batch.images()).argMax(1));
        return found.eq(batch.classes()).countNonzero().getLong();
    }

    private static NDManager managerOf(Classifier network) {
        return network.parameters().get(0).getManager().newSubManager();
    }

    private static void stopIfInterrupted(String what, long done, long total, String units) {
        if (Thread.interrupted()) {
            throw new CancellationException(what + " was interrupted after " + done + " of " + total + " " + units);
        }
    }
}
