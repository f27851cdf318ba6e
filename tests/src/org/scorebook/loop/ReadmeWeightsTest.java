package org.scorebook.loop;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.PythonWithTorch.assertClose;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.PythonWithTorch;
import org.scorebook.Seeded;
import org.scorebook.aten.Torch;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.RunDirectory;
import org.scorebook.recipe.TrainedModel;
import org.scorebook.weights.Safetensors;

/** README's lines that take a run's weights to PyTorch and back are run as they stand. Needs a Python with torch. */
class ReadmeWeightsTest {
    @TempDir
    Path folder;

    @Test
    void weightsGoToPyTorchAndBack(@Seeded(2) NDManager manager) throws Exception {
        String python = PythonWithTorch.find();
        Path checkpoint = copyOfCheckpoint();
        Path inputs = folder.resolve("inputs");
        Path answers = folder.resolve("answers");
        Path ownAnswers = folder.resolve("own-answers");
        NDArray x = manager.randomNormal(new Shape(4, 3, 32, 32));
        NDArray t = manager.create(new float[] {0, 1, 500, 999});
        Safetensors.write(inputs, Map.of("x", x, "t", t));
        NDArray before = answers(checkpoint, x, t, manager);
        String said = PythonWithTorch.run(
                python,
                folder,
                "readme_weights.py",
                Path.of("README.md").toAbsolutePath(),
                inputs,
                answers,
                ownAnswers);
        System.out.println("README's weights were read and written by: " + said.strip());
        assertClose(Safetensors.read(answers, manager).get("y"), before, 0.01);
        NDArray after = answers(checkpoint, x, t, manager);
        assertClose(Safetensors.read(ownAnswers, manager).get("y"), after, 0.01);
        assertTrue(after.sub(before).abs().max().getFloat() > 0.1, "the weights did not change");
    }

    /** Of a run of one step. */
    private Path copyOfCheckpoint() throws IOException {
        RunConfig config = RunConfig.defaults()
                .with(Map.of("data", "emoji", "model", "simple-unet", "base_channels", 64, "device", "cpu"))
                .with(Map.of("epochs", 1, "max_batches_per_epoch", 1, "batch_size", 2, "evaluation_batches", 1))
                .with(Map.of("sample_interval", 0));
        RunDirectory run = SmallRuns.run(config, folder.resolve("runs"));
        Path copy = Files.createDirectory(folder.resolve("checkpoint"));
        for (String file : List.of("config.json", "state.json", "ema.safetensors")) {
            Files.copy(run.latestCheckpoint().orElseThrow().resolve(file), copy.resolve(file));
        }
        return copy;
    }

    private static NDArray answers(Path checkpoint, NDArray x, NDArray t, NDManager manager) throws IOException {
        try (TrainedModel model = TrainedModel.load(checkpoint, manager)) {
            return Torch.untracked(() -> model.network().at(x, t.toType(DataType.FLOAT32, false)));
        }
    }
}
