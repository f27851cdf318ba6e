package org.scorebook.train;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;
import org.scorebook.model.Network;
import org.scorebook.optim.AdamW;
import org.scorebook.trace.GradientSteps;
import org.scorebook.trace.Recording;
import org.scorebook.trace.Untraceable;

/**
 * Takes steps of training in one native call each: losses, with an energy's chains where they have some, gradients, clipping,
 * AdamW and average. Where a loss cannot be written down for it, as with layers that ask for numbers, it takes none, and says why.
 */
public final class OneCall {
    private final Network network;
    private final AdamW optimizer;
    private String obstacle = "";

    /** @param optimizer of the network's parameters */
    public OneCall(Network network, AdamW optimizer) {
        this.network = Require.given("network", network);
        this.optimizer = Require.given("optimizer", optimizer);
    }

    /** A loss that has drawn from Java's random numbers what it needs. */
    @FunctionalInterface
    public interface Deferred {
        /**
         * @param known gives arrays as they are written down; points that are differentiated by are made of such
         * @return a scalar
         */
        NDArray of(UnaryOperator<NDArray> known);
    }

    /** Takes no step from now on; after an empty reason, again. */
    public void refuse(String reason) {
        obstacle = Require.given("reason", reason);
    }

    /** Why no step is taken, as one clause; empty where steps are. */
    public String obstacle() {
        return obstacle;
    }

    /**
     * One step by the mean of the losses. Each is evaluated while autograd records.
     *
     * @param arrays for what the step needs
     * @param losses at least one
     * @return loss and norm, which are finite; empty where they are not, or no step is taken: nothing has changed then
     */
    public Optional<AdamW.Taken> step(NDManager arrays, List<Deferred> losses, double learningRate) {
        return begin(arrays, losses, learningRate)
                .map(begun -> optimizer.settle(List.of(begun)).get(0))
                .filter(taken -> Double.isFinite(taken.norm()));
    }

    /**
     * Begins a step as {@link #step} takes it, for {@link AdamW#settle}.
     *
     * @return empty where no step is taken
     */
    public Optional<AdamW.Pending> begin(NDManager arrays, List<Deferred> losses, double learningRate) {
        Require.given("arrays", arrays);
        Require.given("losses", losses);
        if (!obstacle.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(optimizer.begin(written(arrays, losses), learningRate));
        } catch (Untraceable e) {
            obstacle = e.getMessage();
        } catch (EngineException e) {
            obstacle = "PyTorch does not take the program: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
        return Optional.empty();
    }

    private GradientSteps written(NDManager arrays, List<Deferred> losses) {
        Recording trace = new Recording(arrays, network.parameters());
        GradientSteps steps = trace.gradients();
        for (Deferred loss : losses) {
            NDArray written = network.traced(trace, () -> Torch.tracked(() -> loss.of(trace::known)));
            steps.plus(written, 1.0 / losses.size());
        }
        return steps;
    }
}
