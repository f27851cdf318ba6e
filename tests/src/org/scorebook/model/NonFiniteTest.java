package org.scorebook.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.aten.Torch;

/** Each in a network where something was broken on purpose. */
class NonFiniteTest {
    @Seeded(1)
    private NDManager manager;

    private NeuralField field;
    private NDArray x;

    @BeforeEach
    void open() {
        field = new NeuralField(new UNet(UNetShape.of(1, 8, 8, 1, 2)), manager, new Shape(1, 8, 8));
        x = manager.randomNormal(new Shape(2, 1, 8, 8));
    }

    private double evaluate() {
        return field.at(x, manager.create(new float[] {20})).square().mean().getFloat();
    }

    private String report() {
        return NonFinite.report(Double.NaN, field, this::evaluate);
    }

    private void backward(float factor) {
        try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
            NDArray y = field.at(x, manager.create(new float[] {20}));
            collector.backward(y.mul(manager.create(factor)).sum());
        }
    }

    @Test
    void aSoundNetwork() {
        backward(1);
        assertEquals("the loss is NaN: all gradients are finite; all values within the network are finite", report());
    }

    @Test
    void aBrokenLayerIsNamedAndNotThoseBehindIt() {
        backward(1);
        NDArray weight = field.state().get("down.1.block.norm2.weight");
        float[] large = new float[(int) weight.size()];
        Arrays.fill(large, Float.MAX_VALUE);
        Torch.copy(manager.create(large, weight.getShape()), weight);
        assertEquals(
                "the loss is NaN: all gradients are finite; the first value that is not finite is in the output of"
                        + " down.1.block.norm2",
                report());
    }

    @Test
    void aBrokenParameter() {
        backward(1);
        NDArray bias = field.state().get("start.bias");
        Torch.copy(manager.full(bias.getShape(), Float.POSITIVE_INFINITY), bias);
        assertEquals("the loss is NaN: parameters are not finite: start.bias (1 of 154)", report());
    }

    @Test
    void gradientsThatOverflow() {
        backward(Float.POSITIVE_INFINITY);
        String report = report();
        assertTrue(report.startsWith("the loss is NaN: gradients are not finite: "), report);
        assertTrue(report.contains(" of 154); all values within the network are finite"), report);
    }

    @Test
    void aFiniteLossWithAGradientThatIsNot() {
        backward(Float.POSITIVE_INFINITY);
        String report = NonFinite.report(0.5, field, () -> {});
        assertTrue(report.startsWith("the loss is 0.5, but gradients are not finite: "), report);
    }

    @Test
    void aNormThatOverflows() {
        backward(1);
        assertEquals("the loss is 0.5, but its gradient's norm overflows", NonFinite.report(0.5, field, () -> {}));
    }

    @Test
    void watchingLeavesTheNetworkAsItWas() {
        double before = evaluate();
        report();
        assertEquals(before, evaluate());
    }
}
