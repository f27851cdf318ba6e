package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.scorebook.base.Require;
import org.scorebook.model.Network;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.model.NeuralField;
import org.scorebook.model.NonFinite;
import org.scorebook.optim.AdamW;
import org.scorebook.optim.AdamW.Taken;
import org.scorebook.score.ConditionalField;
import org.scorebook.score.Noise;

/**
 * Trains a network in this process: a batch, its loss, the gradient, a step of Adam, over and over. Each step owns its
 * arrays; the loop stops when its thread is interrupted, with the network as the last whole step left it.
 */
public final class Trainer implements AutoCloseable {
    private final Network network;
    private final Loss<?> loss;
    private final Batches data;
    private final int batchSize;
    private final RandomGenerator random;
    private final NDManager manager;
    private final AdamW optimizer;
    private LearningRate learningRate = LearningRate.constant(1e-3);
    private TrainingListener listener = (step, value) -> {};
    private final OneCall oneCall;
    private StepWatch watch = (step, energyGap, gradientNorm) -> Optional.empty();

    /** The network as the objective sees it, and the objective. */
    private record Loss<M>(M model, Objective<? super M> objective) {}

    /**
     * Trains a field, with dropout where it has some.
     *
     * @param field the network to train
     * @param objective the loss
     * @param data the batches
     * @param batchSize at least 1
     * @param seed of batches and times; normal numbers come from the engine
     */
    public Trainer(
            NeuralField field, Objective<? super ConditionalField> objective, Batches data, int batchSize, long seed) {
        this(Require.given("field", field), field.training(), objective, data, batchSize, new SplittableRandom(seed));
    }

    /**
     * Trains an energy.
     *
     * @param energy the network to train
     * @param objective the loss, for instance {@link ContrastiveDivergence} or {@link Objective#scoreMatching}
     * @param data the batches
     * @param batchSize at least 1
     * @param seed of batches and where chains start; normal numbers come from the engine
     */
    public Trainer(
            NeuralEnergy energy, Objective<? super NeuralEnergy> objective, Batches data, int batchSize, long seed) {
        this(Require.given("energy", energy), energy, objective, data, batchSize, new SplittableRandom(seed));
    }

    /**
     * Trains a network that is part of a model.
     *
     * @param network whose parameters move
     * @param model that the loss is of and the network is in, for instance the network's energy and a known one added
     * @param objective the loss
     * @param data the batches
     * @param batchSize at least 1
     * @param random for batches, times and all else that is drawn; normal numbers come from the engine
     */
    public <M> Trainer(
            Network network,
            M model,
            Objective<? super M> objective,
            Batches data,
            int batchSize,
            RandomGenerator random) {
        Require.atLeast("batchSize", batchSize, 1);
        this.network = Require.given("network", network);
        this.data = Require.given("data", data);
        this.batchSize = batchSize;
        this.random = Require.given("random", random);
        loss = new Loss<M>(Require.given("model", model), Require.given("objective", objective));
        manager = network.parameters().get(0).getManager().newSubManager();
        optimizer = new AdamW(manager, network.parameters(), 0, Double.POSITIVE_INFINITY);
        oneCall = new OneCall(network, optimizer);
        oneCall.refuse("it was not asked for");
    }

    /**
     * Takes each step in one native call, where the loss only maps arrays to arrays: the same numbers up to the order in which
     * gradients add up. For fields of points on a CPU it is not faster; contrastive divergence is, whose chains run in the call.
     */
    public Trainer inOneCall() {
        oneCall.refuse("");
        return this;
    }

    /** Why steps are not one native call each, as one clause; empty where they are, or none was taken yet. */
    public String obstacle() {
        return oneCall.obstacle();
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

    /** Lets a watch look at each step, after the listener: {@link #run} ends where it gives the alarm. */
    public Trainer watch(StepWatch stepWatch) {
        watch = Require.given("stepWatch", stepWatch);
        return this;
    }

    /**
     * Trains for so many steps; a second call goes on, with a learning rate that starts again.
     *
     * @return the loss of each step
     * @throws ArithmeticException if a loss or a gradient is not finite, when the message says where such a value arose and the
     *     network is as the step before left it; if a chain does not stay finite; or if the watch gives the alarm, with its
     *     sentence
     * @throws CancellationException if the thread was interrupted; the interrupt is used up
     */
    public double[] run(int steps) {
        Require.atLeast("steps", steps, 1);
        double[] losses = new double[steps];
        for (int i = 0; i < steps; i++) {
            losses[i] = step(loss, i + 1, learningRate.at(i, steps));
            if (Thread.interrupted()) {
                throw new CancellationException(
                        "training was interrupted after " + (i + 1) + " of " + steps + " steps");
            }
        }
        return losses;
    }

    private <M> double step(Loss<M> of, int number, double rate) {
        try (NDManager arrays = manager.newSubManager()) {
            network.iteratePower(1);
            NDArray batch = data.next(arrays, batchSize, random);
            Objective.Begun<? super M> begun = of.objective.begin(of.model, batch, Noise.engine(), random);
            BatchStep<M> batchStep = new BatchStep<>(of.model, begun);
            Taken taken =
                    oneCall.step(arrays, List.of(batchStep::loss), rate).orElseGet(() -> stepwise(batchStep, rate));
            double value = taken.loss();
            double norm = taken.norm();
            if (!Double.isFinite(norm)) {
                String where = NonFinite.report(value, network, batchStep::backward);
                optimizer.clearGradients();
                throw new ArithmeticException("in step " + number + " " + where
                        + "; look for such values in the data, or take a smaller learning rate");
            }
            listener.step(number, value);
            watch.see(number, batchStep.term instanceof ContrastiveTerm contrastive ? contrastive.gap() : 0, norm)
                    .ifPresent(alarm -> {
                        throw new ArithmeticException(alarm);
                    });
            return value;
        }
    }

    /** The loss of one batch, written down or computed at once. */
    private static final class BatchStep<M> {
        private final M model;
        private final Objective.Begun<? super M> begun;
        private LossTerm<? super M> term;

        BatchStep(M model, Objective.Begun<? super M> begun) {
            this.model = model;
            this.begun = begun;
        }

        NDArray loss(UnaryOperator<NDArray> known) {
            term = begun.term(known);
            return term.of(model);
        }

        double compute() {
            term = begun.term(array -> array);
            return backward();
        }

        double backward() {
            return term.backward(model, 1);
        }
    }

    private Taken stepwise(BatchStep<?> batchStep, double rate) {
        double value = batchStep.compute();
        return new Taken(value, Double.isFinite(value) ? optimizer.step(rate) : Double.NaN);
    }

    /** Frees the optimizer's memory, not the network. */
    @Override
    public void close() {
        manager.close();
    }
}
