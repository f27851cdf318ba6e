package org.scorebook.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.PythonWithTorch;
import org.scorebook.aten.Safetensors;
import org.scorebook.aten.SpectralNorm;
import org.scorebook.aten.Torch;

/** Our weights in PyTorch, and PyTorch's here, give the same answers at all times. Needs a Python with torch. */
class PyTorchWeightsTest {
    @TempDir
    Path folder;

    @Test
    void weightsGoThereAndBack() throws Exception {
        String python = PythonWithTorch.find();
        try (NDManager manager = Torch.manager(2)) {
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
    }

    /** With spectral normalization, whose vectors are part of the weights. */
    @Test
    void energiesGoThereAndBack() throws Exception {
        String python = PythonWithTorch.find();
        try (NDManager manager = Torch.manager(2)) {
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
    }

    /** The logits, the energies, their gradients by the points, and the first layer's weight. */
    private static void assertSameEnergies(Map<String, NDArray> expected, NeuralEnergy energy, NDArray x) {
        assertClose(expected.get("logits"), energy.logits(x));
        assertClose(expected.get("energy"), energy.energy(x));
        assertClose(expected.get("gradient"), energy.gradient(x));
        Map<String, NDArray> state = energy.state();
        assertClose(
                expected.get("weight"),
                SpectralNorm.normalized(
                        state.get("convs.0.weight_orig"),
                        state.get("convs.0.weight_u"),
                        state.get("convs.0.weight_v")));
    }

    /** To 1e-4 of the largest number. */
    private static void assertClose(NDArray expected, NDArray actual) {
        double size = expected.abs().max().getFloat();
        assertEquals(0, actual.sub(expected).abs().max().getFloat() / size, 1e-4);
        assertTrue(size > 1e-5, "answers are almost zero");
    }

    private void run(String python, String name) throws IOException, InterruptedException {
        Path script = Path.of("tests/resources", name);
        Process process = new ProcessBuilder(
                        python,
                        script.toString(),
                        folder.resolve("weights").toString(),
                        folder.resolve("inputs").toString(),
                        folder.resolve("answers").toString(),
                        folder.resolve("own-weights").toString(),
                        folder.resolve("own-answers").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertTrue(process.waitFor(300, TimeUnit.SECONDS), "PyTorch did not end");
        assertEquals(0, process.exitValue(), () -> {
            try {
                return java.nio.file.Files.readString(folder.resolve("log"));
            } catch (IOException e) {
                return e.toString();
            }
        });
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
