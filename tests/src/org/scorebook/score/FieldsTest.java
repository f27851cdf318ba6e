package org.scorebook.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scorebook.aten.Torch;
import org.scorebook.process.DiscreteSchedule;
import org.scorebook.process.LinearBetas;
import org.scorebook.process.VpSchedule;
import org.scorebook.toy.GaussianMixture;

/** What fields, energies and densities take and give, and fields that count their times from 0. */
class FieldsTest {
    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Torch.manager(4);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** The noise in x for data from N(0, 1), of which nothing but {@code sqrt(1 - alphaBar) x} can be known. */
    private record CountedFromZero(double[] alphasCumprod) implements ConditionalField {
        static CountedFromZero linear(int steps, double first, double last) {
            double[] products = new double[steps];
            for (int i = 0; i < steps; i++) {
                double beta = first + (last - first) * i / (steps - 1);
                products[i] = (i == 0 ? 1 : products[i - 1]) * (1 - beta);
            }
            return new CountedFromZero(products);
        }

        @Override
        public int classes() {
            return 1;
        }

        @Override
        public NDArray at(NDArray x, NDArray t, NDArray labels) {
            return x.mul(Math.sqrt(1 - alphasCumprod[(int) t.getDouble(0)]));
        }
    }

    /** The score of N(0, 1) stays -x at all times: with the times of steps 0 to T - 1 moved by one, it does. */
    @Test
    void timesCountedFromZeroAreMoved() {
        DiscreteSchedule schedule = new DiscreteSchedule(new LinearBetas(50, 1e-3, 0.2));
        ConditionalField moved = CountedFromZero.linear(50, 1e-3, 0.2).shifted(-1);
        NDArray x = manager.randomNormal(0, 1, new Shape(5, 2), DataType.FLOAT64);
        NDArray label = manager.create(new long[] {0});
        for (VectorField field : new VectorField[] {moved, moved.given(label), new Guided(moved, label, 3)}) {
            FieldDenoiser denoiser = new FieldDenoiser(field, Parameterization.NOISE, schedule);
            for (int t = 1; t <= 50; t++) {
                assertArrayEquals(x.neg().toDoubleArray(), denoiser.score(x, t).toDoubleArray(), 1e-11);
            }
        }
        VectorField times = (points, t) -> points.zerosLike().add(t);
        assertEquals(
                6.5, times.shifted(1.5).at(x, manager.create(new double[] {5})).getDouble(4, 1));
    }

    /** With a scale of 0 the classes do not matter, yet labels of other points are a mistake. */
    @Test
    void labelsOfOtherPointsAreRefusedAtEveryScale() {
        NDArray labels = manager.create(new long[] {0, 0, 0});
        NDArray t = manager.create(new double[] {1});
        for (double scale : new double[] {0, 1, 2}) {
            Guided guided = new Guided(CountedFromZero.linear(50, 1e-3, 0.2), labels, scale);
            assertEquals(
                    "labels must have shape (1) or (2), but have (3)",
                    assertThrows(IllegalArgumentException.class, () -> guided.at(manager.zeros(new Shape(2, 2)), t))
                            .getMessage());
        }
    }

    /** In whole numbers a time of 0.3 would be 0 and a score rounded or not a number. */
    @Test
    void wholeNumbersAreNoPoints() {
        NDArray x = manager.create(new long[][] {{1, 2}, {3, 4}});
        String expected = "x must be float32 or float64, but is int64: x.toType(DataType.FLOAT32, false) converts it";
        var density = GaussianMixture.ring(3, 2, 0.5);
        EnergyFunction energy = points -> points.square().sum(new int[] {1});
        FieldDenoiser denoiser = new FieldDenoiser((points, t) -> points, Parameterization.DATA, new VpSchedule());
        for (ScoreFunction model : new ScoreFunction[] {
            (points, t) -> density.score(points), density.diffusing(new VpSchedule()), energy, denoiser
        }) {
            assertEquals(expected, message(() -> model.score(x, 0.3)));
        }
        assertEquals(expected, message(() -> density.logDensity(x)));
    }

    @Test
    void wrongShapesAreNamed() {
        NDArray x = manager.ones(new Shape(3, 2));
        FieldDenoiser narrow =
                new FieldDenoiser((points, t) -> points.get(":, 0:1"), Parameterization.SCORE, new VpSchedule());
        String expected = "the field's values must have the shape of the points, (3, 2), but has (3, 1)";
        assertEquals(expected, message(() -> narrow.score(x, 0.5)));
        assertEquals(expected, message(() -> narrow.denoise(x, 0.5)));
        EnergyFunction sum = points -> points.square().sum();
        assertEquals(
                "energy must be one number for each point, of shape (3), but has shape ()",
                message(() -> sum.score(x, 0)));
    }

    private static String message(Runnable call) {
        return assertThrows(IllegalArgumentException.class, call::run).getMessage();
    }
}
