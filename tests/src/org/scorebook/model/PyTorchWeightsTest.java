package org.scorebook.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.aten.Safetensors;
import org.scorebook.aten.Torch;

/** Our weights in PyTorch, and PyTorch's here, give the same answers at all times. Needs a Python with torch. */
class PyTorchWeightsTest {
    @TempDir
    Path folder;

    @Test
    void weightsGoThereAndBack() throws Exception {
        String python = List.of("python3", "/usr/bin/python3").stream()
                .filter(PyTorchWeightsTest::hasTorch)
                .findFirst()
                .orElse(null);
        assumeTrue(python != null, "no Python with torch (Debian: python3-torch)");
        try (NDManager manager = Torch.manager(2)) {
            NeuralField field = new NeuralField(new SimpleUNet(3), manager, new Shape(3, 8, 8));
            NDArray t = manager.arange(0, 1001, 1, DataType.FLOAT32);
            NDArray x = manager.randomNormal(new Shape(t.size(), 3, 8, 8));
            Safetensors.write(folder.resolve("weights"), field.state());
            Safetensors.write(folder.resolve("inputs"), Map.of("x", x, "t", t));
            run(python);
            assertSame(Safetensors.read(folder.resolve("answers"), manager).get("y"), field.at(x, t));
            field.load(Safetensors.read(folder.resolve("own-weights"), manager));
            assertSame(Safetensors.read(folder.resolve("own-answers"), manager).get("y"), field.at(x, t));
        }
    }

    private void run(String python) throws IOException, InterruptedException {
        Path script = Path.of("tests/resources/simple_unet.py");
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

    private static boolean hasTorch(String python) {
        try {
            return new ProcessBuilder(python, "-c", "import torch")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
