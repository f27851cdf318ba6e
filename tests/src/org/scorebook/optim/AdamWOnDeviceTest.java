package org.scorebook.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebook.Seeded;
import org.scorebook.aten.NativeProgram;
import org.scorebook.aten.Torch;

/** A GPU decides by itself whether a step is clipped or skipped. The same program on a CPU, beside the one that a CPU has. */
class AdamWOnDeviceTest {
    private static final List<Shape> SHAPES = List.of(new Shape(5, 7), new Shape(1), new Shape(3, 2, 11));
    private static final List<String> NAMES = List.of("w", "b", "u");

    @Seeded(1)
    private NDManager manager;

    /** The loss {@code sum(x_i p_i^2) / 2} of all parameters p, with the factors x. */
    private record Squares(NDList factors) implements LossProgram {
        @Override
        public String methods() {
            return "";
        }

        @Override
        public String body() {
            return """
                      torch.set_grad_enabled(True)
                      sums = annotate(List[Tensor], [])
                      for j in range(torch.len(q)):
                        _0 = torch.append(sums, torch.sum(torch.mul(torch.mul(q[j], q[j]), torch.mul(x[j], 0.5))))
                      total = torch.sum(torch.stack(sums))
                      found = torch.autograd.grad([total], q)
                      torch.set_grad_enabled(False)
                      g = annotate(List[Tensor], [])
                      for j in range(torch.len(q)):
                        _0 = torch.append(g, unchecked_cast(Tensor, found[j]))
                      loss = torch.to(total, 7, False, False, None)
                      results = annotate(List[Tensor], [])
                    """;
        }

        @Override
        public NDList inputs() {
            NDList all = new NDList(factors.get(0));
            factors.forEach(factor -> all.add(NativeProgram.named("x[]", factor)));
            return all;
        }

        @Override
        public void taken(NDList results) {
            assertTrue(results.isEmpty());
        }
    }

    /** Parameters, their average, and the optimizer of both. */
    private final class Trained {
        private final List<NDArray> parameters = new ArrayList<>();
        private final List<NDArray> averages = new ArrayList<>();
        private final AdamW optimizer;

        private Trained(List<NDArray> begin, boolean onDevice, double clipNorm) {
            for (NDArray array : begin) {
                NDArray parameter = array.duplicate();
                parameter.setRequiresGradient(true);
                parameters.add(parameter);
                averages.add(array.mul(2));
            }
            AdamW made = new AdamW(manager, parameters, 0.1, clipNorm).averaging(averages, 0.9);
            optimizer = onDevice ? made.onDevice() : made;
        }

        private double step(NDList factors, boolean inOneCall) {
            if (inOneCall) {
                return optimizer.step(new Squares(factors), 0.01).norm();
            }
            try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
                NDArray loss = manager.create(0f);
                for (int i = 0; i < parameters.size(); i++) {
                    NDArray weights = factors.get(i).mul(0.5);
                    loss = loss.add(parameters.get(i).square().mul(weights).sum());
                }
                collector.backward(loss);
            }
            return optimizer.step(0.01);
        }

        private List<NDArray> moved() {
            List<NDArray> all = new ArrayList<>(parameters);
            all.addAll(optimizer.state(NAMES).values());
            return all;
        }
    }

    private NDList factors(double scale) {
        NDList factors = new NDList();
        SHAPES.forEach(shape -> factors.add(manager.randomUniform(0, (float) scale, shape)));
        return factors;
    }

    private List<NDArray> begin() {
        return SHAPES.stream().map(shape -> manager.randomNormal(shape)).toList();
    }

    /** On the device the learning rate is a float32, and the average is rounded in another place. */
    @ParameterizedTest
    @CsvSource({"Infinity, 1e-6, false", "Infinity, 1e-6, true", "1, 1e-5, false", "1, 1e-5, true"})
    void bothFormsTakeTheSameSteps(double clipNorm, float tolerance, boolean inOneCall) {
        List<NDArray> begin = begin();
        Trained host = new Trained(begin, false, clipNorm);
        Trained device = new Trained(begin, true, clipNorm);
        for (int k = 0; k < 8; k++) {
            NDList factors = factors(k % 2 == 0 ? 0.01 : 3);
            double norm = host.step(factors, inOneCall);
            assertEquals(1, device.step(factors, inOneCall) / norm, 1e-5);
            assertEquals(k % 2 == 0, norm < 1, "every second step is clipped");
        }
        assertEquals(8, device.optimizer.steps());
        for (int i = 0; i < host.moved().size(); i++) {
            assertNear(host.moved().get(i), device.moved().get(i), tolerance);
        }
        for (int i = 0; i < SHAPES.size(); i++) {
            assertNear(host.averages.get(i), device.averages.get(i), tolerance);
            assertTrue(inOneCall
                    || device.parameters.get(i).getGradient().abs().max().getFloat() == 0);
        }
    }

    private static void assertNear(NDArray expected, NDArray actual, float tolerance) {
        float largest = expected.abs().max().getFloat();
        assertArrayEquals(expected.toFloatArray(), actual.toFloatArray(), tolerance * largest);
    }

    /** Gradients that are not finite, because of a factor or because of a parameter that is not finite itself. */
    @ParameterizedTest
    @CsvSource({"false, NaN", "false, Infinity", "true, NaN", "true, -Infinity"})
    void aStepThatIsNotFiniteChangesNothing(boolean inOneCall, float bad) {
        Trained trained = new Trained(begin(), true, 1);
        trained.step(factors(3), inOneCall);
        NDList factors = factors(3);
        factors.get(1).set(new float[] {bad});
        List<byte[]> before = all(trained);
        assertFalse(Double.isFinite(trained.step(factors, inOneCall)));
        assertSame(before, all(trained));
        assertEquals(1, trained.optimizer.steps());
        if (!inOneCall) {
            assertFalse(Float.isFinite(trained.parameters.get(1).getGradient().getFloat(0)));
            trained.optimizer.clearGradients();
        }
        Torch.copy(manager.create(new float[] {bad}), trained.parameters.get(1).stopGradient());
        before = all(trained);
        assertFalse(Double.isFinite(trained.step(factors(3), inOneCall)));
        assertSame(before, all(trained));
    }

    /** After a step that was skipped the next one is as if there had been none. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theNextStepGoesOn(boolean inOneCall) {
        List<NDArray> begin = begin();
        Trained skipping = new Trained(begin, true, 1);
        Trained other = new Trained(begin, true, 1);
        for (int k = 0; k < 3; k++) {
            NDList factors = factors(1);
            skipping.step(factors, inOneCall);
            other.step(factors, inOneCall);
            if (k == 0) {
                NDList bad = new NDList(factors.get(0), manager.create(new float[] {Float.NaN}), factors.get(2));
                skipping.step(bad, inOneCall);
                skipping.optimizer.clearGradients();
            }
        }
        assertSame(all(other), all(skipping));
    }

    /** Of steps that are begun together none is taken after one that is not finite; those that come later are. */
    @Test
    void stepsThatWereBegunEndAtTheFirstThatIsNotFinite() {
        List<NDArray> begin = begin();
        Trained together = new Trained(begin, true, 1);
        Trained alone = new Trained(begin, true, 1);
        NDList good = factors(3);
        NDList bad = new NDList(good.get(0), manager.create(new float[] {Float.NaN}), good.get(2));
        List<AdamW.Pending> begun = Stream.of(good, good, bad, good)
                .map(factors -> together.optimizer.begin(new Squares(factors), 0.01))
                .toList();
        List<AdamW.Taken> taken = together.optimizer.settle(begun);
        assertEquals(3, taken.size());
        assertEquals(alone.optimizer.step(new Squares(good), 0.01), taken.get(0));
        assertEquals(alone.optimizer.step(new Squares(good), 0.01), taken.get(1));
        assertFalse(Double.isFinite(taken.get(2).norm()));
        assertEquals(2, together.optimizer.steps());
        assertSame(all(alone), all(together));
        assertEquals(alone.step(good, true), together.step(good, true));
        assertSame(all(alone), all(together));
    }

    @Test
    void whatIsBegunIsSettled() {
        Trained host = new Trained(begin(), false, 1);
        Squares loss = new Squares(factors(1));
        AdamW.Pending begun = host.optimizer.begin(loss, 0.01);
        assertEquals(
                "a step was begun on a device that does not decide by itself: settle it first",
                assertThrows(IllegalStateException.class, () -> host.optimizer.begin(loss, 0.01))
                        .getMessage());
        assertEquals(
                "pending must have each step that was begun, 1 of them, but has 0",
                message(() -> host.optimizer.settle(List.of())));
        assertTrue(Double.isFinite(host.optimizer.settle(List.of(begun)).get(0).norm()));
        assertEquals(
                "pending must have each step that was begun, 0 of them, but has 1",
                message(() -> host.optimizer.settle(List.of(begun))));
    }

    private static List<byte[]> all(Trained trained) {
        List<NDArray> arrays = trained.moved();
        arrays.addAll(trained.averages);
        return arrays.stream().map(AdamWOnDeviceTest::bytes).toList();
    }

    private static void assertSame(List<byte[]> expected, List<byte[]> actual) {
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i), "array " + i);
        }
    }

    private static byte[] bytes(NDArray array) {
        ByteBuffer buffer = array.toByteBuffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
