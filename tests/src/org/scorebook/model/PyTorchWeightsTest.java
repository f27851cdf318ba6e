package org.scorebook.model;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.PythonWithTorch.assertClose;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.PythonWithTorch;
import org.scorebook.Seeded;
import org.scorebook.aten.SpectralNorm;
import org.scorebook.weights.Safetensors;

/** Our weights in PyTorch, and PyTorch's here, give the same answers at all times. Needs a Python with torch. */
class PyTorchWeightsTest {
    @TempDir
    Path folder;

    @Test
    void weightsGoThereAndBack(@Seeded(2) NDManager manager) throws Exception {
        String python = PythonWithTorch.find();
        NeuralField field = new NeuralField(new SimpleUNet(3), manager, new Shape(3, 8, 8));
        NDArray t = manager.arange(0, 1001, 1, DataType.FLOAT32);
        NDArray x = manager.randomNormal(new Shape(t.size(), 3, 8, 8));
        Safetensors.write(folder.resolve("weights"), field.state());
        Safetensors.write(folder.resolve("inputs"), Map.of("x", x, "t", t));
        run(python, "simple_unet.py");
        assertSame(Safetensors.read(folder.resolve("answers"), manager).get("y"), field.at(x, t));
        field.load(Safetensors.read(folder.resolve("own-weights"), manager));
        assertSame(Safetensors.read(folder.resolve("own-answers"), manager).get("y"), field.at(x, t));
    }

    /** With spectral normalization, whose vectors are part of the weights. */
    @Test
    void energiesGoThereAndBack(@Seeded(2) NDManager manager) throws Exception {
        String python = PythonWithTorch.find();
        EnergyShape shape = EnergyShape.of(3, 28, 8).withSpectralNorm().withClasses(5);
        NeuralEnergy energy = new NeuralEnergy(new EnergyNet(shape), manager, new Shape(3, 28, 28));
        energy.parameters().forEach(p -> p.stopGradient()
                .addi(manager.randomNormal(p.getShape()).mul(0.3)));
        energy.iteratePower(5);
        NDArray x = manager.randomNormal(new Shape(20, 3, 28, 28));
        Safetensors.write(folder.resolve("weights"), energy.state());
        Safetensors.write(folder.resolve("inputs"), Map.of("x", x));
        run(python, "energy_net.py");
        assertSameEnergies(Safetensors.read(folder.resolve("answers"), manager), energy, x);
        energy.load(Safetensors.read(folder.resolve("own-weights"), manager));
        assertSameEnergies(Safetensors.read(folder.resolve("own-answers"), manager), energy, x);
    }

    /** The logits, the energies, their gradients by the points, and the first layer's weight. */
    private static void assertSameEnergies(Map<String, NDArray> expected, NeuralEnergy energy, NDArray x) {
        assertClose(expected.get("logits"), energy.logits(x), 1e-5);
        assertClose(expected.get("energy"), energy.energy(x), 1e-5);
        assertClose(expected.get("gradient"), energy.gradient(x), 1e-5);
        Map<String, NDArray> state = energy.state();
        assertClose(
                expected.get("weight"),
                SpectralNorm.normalized(
                        state.get("convs.0.weight_orig"), state.get("convs.0.weight_u"), state.get("convs.0.weight_v")),
                1e-5);
    }

    private void run(String python, String script) throws IOException, InterruptedException {
        PythonWithTorch.run(
                python,
                folder,
                script,
                Stream.of("weights", "inputs", "answers", "own-weights", "own-answers")
                        .map(folder::resolve)
                        .toArray(Path[]::new));
    }

    /** Each image to 1e-4 of its own size. */
    private static void assertSame(NDArray expected, NDArray actual) {
        int[] image = {1, 2, 3};
        NDArray error = actual.sub(expected).square().sum(image).sqrt();
        NDArray size = expected.square().sum(image).sqrt();
        double worst = error.div(size).max().getFloat();
        assertTrue(worst < 1e-4, "relative difference " + worst);
        assertTrue(size.min().getFloat() > 0.1, "answers are almost zero");
    }
}
