package org.scorebook;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.Color;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.scorebook.metric.FeatureStatistics;
import org.scorebook.metric.Quadrature;
import org.scorebook.model.Activation;
import org.scorebook.model.Classifier;
import org.scorebook.model.EnergyMlp;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.model.NeuralField;
import org.scorebook.model.TimeNet;
import org.scorebook.model.UNetShape;
import org.scorebook.plot.Axis;
import org.scorebook.plot.Plane;
import org.scorebook.process.VpSchedule;
import org.scorebook.score.Noise;
import org.scorebook.toy.DiffusedMixture;
import org.scorebook.toy.GaussianMixture;
import org.scorebook.train.DenoisingScoreMatching;

/** Null where a method, not a constructor, takes points, times or what makes them: the message has the argument's name. */
class NullPointsTest {
    @Seeded(1)
    private NDManager manager;

    private static Executable named(String name, Executable call) {
        return () -> assertEquals(
                name + " must be given, but is null",
                assertThrows(NullPointerException.class, call).getMessage());
    }

    @Test
    void ofMixtures() {
        GaussianMixture mixture = GaussianMixture.eightGaussians();
        DiffusedMixture diffused = mixture.diffusing(new VpSchedule());
        NDArray x = manager.zeros(new Shape(2, 2));
        assertAll(
                named("x", () -> mixture.score(null)),
                named("x", () -> mixture.logDensity(null)),
                named("schedule", () -> mixture.diffused(null, 0.5)),
                named("manager", () -> mixture.sample(null, 3)),
                named("x", () -> diffused.score(null, 0.5)),
                named("x", () -> diffused.denoise(null, 0.5)),
                named("x", () -> diffused.at(null, x)),
                named("t", () -> diffused.at(x, null)));
    }

    @Test
    void ofNetworks() {
        NeuralField field = new NeuralField(new TimeNet(2, 4), manager, new Shape(2));
        NeuralEnergy energy = new NeuralEnergy(new EnergyMlp(Activation.SILU, 2, 4), manager, new Shape(2));
        Classifier classifier = new Classifier(manager, 1, 2);
        NDArray x = manager.zeros(new Shape(2, 2));
        assertAll(
                named("x", () -> field.at(null, x)),
                named("t", () -> field.at(x, null)),
                named("x", () -> energy.energy(null)),
                named("images", () -> classifier.logits(null)),
                named("values", () -> field.load(null)),
                named("other", () -> field.iteratePowerFrom(null, 1)),
                named("each of multipliers", () -> UNetShape.of(1, 8, 8, 1, null)),
                named("each of attention", () -> UNetShape.of(1, 8, 8, 1).withAttention(8, null)));
    }

    @Test
    void ofMeasuresAndLosses() {
        Quadrature quadrature = new Quadrature(-1, 1, 2);
        DenoisingScoreMatching loss = DenoisingScoreMatching.levels(1);
        NDArray x = manager.zeros(new Shape(2, 2));
        assertAll(
                named("energy", () -> quadrature.density(null, manager)),
                named("manager", () -> quadrature.density(points -> points, null)),
                named("other", () -> new FeatureStatistics(2).add((FeatureStatistics) null)),
                named("noise", () -> loss.prepare(null, x, null, new SplittableRandom(1))),
                named("random", () -> loss.prepare(null, x, Noise.seeded(1), null)));
    }

    @Test
    void ofPlanes() {
        Plane plane = new Plane("t", new Axis("x", 0, 1), new Axis("y", 0, 1));
        assertAll(
                named("function", () -> plane.density((DoubleBinaryOperator) null)),
                named("manager", () -> plane.density(points -> points, null)),
                named("function", () -> plane.arrows(null, manager)),
                named("rows", () -> plane.points((float[][]) null, Color.RED)),
                named("rows", () -> plane.points((NDArray) null, Color.RED)),
                named("colour", () -> plane.points(new float[][] {{0, 0}}, null)),
                named("paths", () -> plane.paths((List<float[][]>) null, Color.RED)),
                named("paths", () -> plane.paths((double[][][]) null, Color.RED)));
    }
}
