package org.scorebook.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;

class NetworksTest {
    @Seeded(3)
    private NDManager manager;

    /** t = 1 and d = 8: sines of 1, 0.1, 0.01, 0.001, then their cosines. */
    @Test
    void sinusoids() {
        float[] expected = {0.84147096f, 0.09983341f, 0.00999983f, 0.001f, 0.54030234f, 0.9950042f, 0.99995f, 0.9999995f
        };
        assertArrayEquals(
                expected, Sinusoids.of(manager.create(new float[] {1}), 8).toFloatArray(), 1e-7f);
    }

    @Test
    void numbersOfParameters() {
        assertEquals(
                2 * 128 + 128 + 128 * 128 + 128 + 128 * 2 + 2,
                field(Mlp.ofPoints(Activation.RELU, 2, 128, 128), 2).size());
        assertEquals(
                2 * 64 + 64 + 64 * 64 + 64 + 64 + 1,
                field(Mlp.ofPointsAndTime(Activation.SILU, 1, 64, 64), 1).size());
        long first = 2 * 32 + 32 + 128 * 32 + 32 + 32 * 32 + 32;
        long last = 32 * 2 + 2 + 128 * 2 + 2 + 2 * 2 + 2;
        assertEquals(first + last, field(new TimeNet(2, 32), 2).size());
    }

    /** PyTorch's start: uniform between -1 and 1 over the root of the number of inputs. */
    @Test
    void startsUniformly() {
        NDArray weight =
                field(Mlp.ofPoints(Activation.RELU, 25, 400), 25).parameters().get(0);
        assertEquals(new Shape(400, 25), weight.getShape());
        assertEquals(0.2, weight.max().getFloat(), 0.001);
        assertEquals(-0.2, weight.min().getFloat(), 0.001);
        assertEquals(0.04 / 3, weight.square().mean().getFloat(), 0.0005);
    }

    /** One time for all rows is the same as that time for each row; another time is another answer. */
    @Test
    void timesAreOneForAllOrOneEach() {
        NDArray x = manager.randomNormal(new Shape(3, 2));
        for (Block block : new Block[] {new TimeNet(2, 16, 16), Mlp.ofPointsAndTime(Activation.SILU, 2, 16)}) {
            NeuralField field = field(block, 2);
            float[] one = field.at(x, manager.create(new float[] {7})).toFloatArray();
            assertArrayEquals(
                    one, field.at(x, manager.create(new float[] {7, 7, 7})).toFloatArray(), 1e-6f);
            assertFalse(java.util.Arrays.equals(
                    one, field.at(x, manager.create(new float[] {8})).toFloatArray()));
        }
        NeuralField timeless = field(Mlp.ofPoints(Activation.TANH, 2, 16), 2);
        assertArrayEquals(
                timeless.at(x, manager.create(new float[] {1})).toFloatArray(),
                timeless.at(x, manager.create(new float[] {9})).toFloatArray());
    }

    /** The gradient of each network by all its parameters, along a random direction, against finite differences. */
    @Test
    void gradientsAreRight() {
        NDArray x = manager.randomNormal(new Shape(5, 2));
        NDArray t = manager.create(new float[] {1, 2, 3, 4, 5});
        for (Block block : new Block[] {new TimeNet(2, 8, 8), Mlp.ofPointsAndTime(Activation.TANH, 2, 8)}) {
            NeuralField field = field(block, 2);
            CentralDifferences.assertSlope(
                    field.parameters(), () -> field.at(x, t).square().sum(), 1e-2, 2e-2);
        }
    }

    @Test
    void wrongShapesAreNamed() {
        NeuralField field = field(new TimeNet(2, 8), 2);
        NDArray three = manager.zeros(new Shape(5, 3));
        NDArray times = manager.zeros(new Shape(4));
        assertEquals("x must have shape (B, 2), but has (5, 3)", message(() -> field.at(three, times)));
        NDArray two = manager.zeros(new Shape(5, 2));
        assertEquals("t must have shape (1) or (5), but has (4)", message(() -> field.at(two, times)));
    }

    private NeuralField field(Block block, int dimension) {
        return new NeuralField(block, manager, new Shape(dimension));
    }
}
