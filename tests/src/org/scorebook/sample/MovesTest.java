package org.scorebook.sample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.aten.Torch;
import org.scorebook.model.Activation;
import org.scorebook.model.EnergyMlp;
import org.scorebook.model.NeuralEnergy;
import org.scorebook.model.NeuralField;
import org.scorebook.model.TimeNet;
import org.scorebook.model.UNet;
import org.scorebook.model.UNetShape;
import org.scorebook.process.DiscreteSchedule;
import org.scorebook.process.LinearBetas;
import org.scorebook.process.NoiseSchedule;
import org.scorebook.process.TimeGrid;
import org.scorebook.score.Denoiser;
import org.scorebook.score.FieldDenoiser;
import org.scorebook.score.Guided;
import org.scorebook.score.Noise;
import org.scorebook.score.Parameterization;
import org.scorebook.score.ScoreFunction;

/** Steps in native calls give the same points as steps whose arrays a listener sees. */
class MovesTest {
    private static final DiscreteSchedule DDPM = new DiscreteSchedule(new LinearBetas(1000, 1e-4, 0.02));
    private static final Sampler[] METHODS = {
        new Ddpm(), new Ddpm(Ddpm.Variance.LARGE), new Ddim(0), new Ddim(0.5), new Heun(), new DpmSolver()
    };

    @Seeded(1)
    private NDManager manager;

    private Samples run(Sampling sampling, NDArray start) {
        Torch.manager(5).close();
        return sampling.run(start);
    }

    private void check(ScoreFunction model, Sampler method, TimeGrid grid, NDArray start) {
        for (boolean seeded : new boolean[] {false, true}) {
            Sampling plain = new Sampling(model, method, grid);
            Sampling unseen = model instanceof Denoiser ? plain.clip(-1, 1) : plain;
            Samples expected = run(unseen.noise(noise(seeded)).listen((i, t, x) -> {}), start);
            Samples found = run(unseen.noise(noise(seeded)), start);
            assertArrayEquals(
                    expected.points().toFloatArray(), found.points().toFloatArray(), 1e-6f, method.toString());
            assertEquals(expected.evaluations(), found.evaluations(), method.toString());
        }
    }

    private static Noise noise(boolean seeded) {
        return seeded ? Noise.seeded(3) : Noise.engine();
    }

    @Test
    void networksOfPoints() {
        NeuralField field = new NeuralField(new TimeNet(2, 16, 16), manager, new Shape(2));
        for (Sampler method : METHODS) {
            FieldDenoiser model = new FieldDenoiser(field, Parameterization.NOISE, DDPM);
            check(model, method, TimeGrid.strided(1000, 23), manager.randomNormal(new Shape(500, 2)));
        }
    }

    @Test
    void guidedNetworksOfImages() {
        UNetShape shape = UNetShape.of(1, 8, 16, 1, 2).withClasses(3);
        NeuralField field = new NeuralField(new UNet(shape), manager, new Shape(1, 8, 8));
        for (NDArray parameter : field.parameters()) {
            Torch.copy(manager.randomNormal(parameter.getShape()).mul(0.1f), parameter);
        }
        Guided guided = new Guided(field, manager.create(new long[] {0, 1, 3}), 2);
        for (Sampler method : METHODS) {
            FieldDenoiser model = new FieldDenoiser(guided, Parameterization.NOISE, DDPM);
            check(model, method, TimeGrid.strided(1000, 7), manager.randomNormal(new Shape(3, 1, 8, 8)));
        }
    }

    @Test
    void energies() {
        NeuralEnergy energy = new NeuralEnergy(new EnergyMlp(Activation.SILU, 2, 16), manager, new Shape(2));
        NDArray start = manager.randomUniform(-1, 1, new Shape(500, 2));
        check(energy, EnergyLangevin.forImages(), TimeGrid.counting(20), start);
        check(energy, EnergyLangevin.dynamics(0.01), TimeGrid.counting(20), start);
    }

    /** A model that asks for numbers, from some step on only. */
    @Test
    void modelsThatAskForNumbers() {
        Denoiser curious = new Denoiser() {
            @Override
            public NoiseSchedule schedule() {
                return DDPM;
            }

            @Override
            public NDArray denoise(NDArray x, double t) {
                return t > 300 ? x.mul(0.1f) : x.mul(Math.signum(x.mean().getFloat()) * 0.1f);
            }
        };
        check(curious, new Ddim(0.5), TimeGrid.strided(1000, 23), manager.randomNormal(new Shape(500, 2)));
    }
}
