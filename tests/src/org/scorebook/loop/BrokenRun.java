package org.scorebook.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.RunDirectory;
import org.scorebook.train.TrainingListener;

/** A training that was broken off and resumed, and the same that was not. */
public record BrokenRun(RunDirectory whole, RunDirectory broken) {
    /** @param lasts the step after which it is broken off for the first time, the second, ... */
    public static BrokenRun of(RunConfig config, Path runs, int... lasts) throws IOException {
        RunDirectory whole = SmallRuns.run(config, runs);
        RunConfig saving = config.with("checkpoint_interval", 1);
        RunDirectory broken = RunDirectory.create(saving, runs);
        for (int last : lasts) {
            TrainingLoop loop = new TrainingLoop(saving, broken, killer(last + 1));
            assertThrows(IllegalStateException.class, loop::run);
            String name = "step-%08d".formatted(last);
            assertEquals(
                    name, broken.latestCheckpoint().orElseThrow().getFileName().toString());
        }
        SmallRuns.train(broken);
        return new BrokenRun(whole, broken);
    }

    /** Breaks a training off in a step. */
    public static TrainingListener killer(int step) {
        return (i, loss) -> {
            if (i == step) {
                throw new IllegalStateException("killed");
            }
        };
    }

    /** Byte by byte. */
    public void assertSameParts(String... parts) throws IOException {
        for (String part : parts) {
            assertArrayEquals(bytes(whole, part), bytes(broken, part), part);
        }
    }

    private static byte[] bytes(RunDirectory directory, String part) throws IOException {
        return Files.readAllBytes(directory.latestCheckpoint().orElseThrow().resolve(part + ".safetensors"));
    }

    public void assertSameMetrics(String... names) throws IOException {
        assertEquals(whole.lossHistory(), broken.lossHistory());
        for (String name : names) {
            assertEquals(column(whole, name), column(broken, name), name);
        }
    }

    public static List<Double> column(RunDirectory directory, String name) throws IOException {
        return directory.metrics().stream().map(row -> row.get(name)).toList();
    }
}
