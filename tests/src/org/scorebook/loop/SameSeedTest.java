package org.scorebook.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.RunDirectory;

/** Two processes with one seed and two threads each, at the same time, so that each is a load to the other. */
class SameSeedTest {
    @TempDir
    private Path runs;

    static Stream<RunConfig> configs() {
        return Stream.of(
                SmallRuns.field().with(Map.of("base_channels", 16, "groups", 8, "batch_size", 16)),
                SmallRuns.energy().with(Map.of("base_channels", 16, "batch_size", 16)));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void twoThreadsGiveTheSameBytesTwice(RunConfig config) throws Exception {
        RunConfig two = config.with(Map.of("threads", 2, "epochs", 1));
        List<RunDirectory> both = List.of(RunDirectory.create(two, runs), RunDirectory.create(two, runs));
        List<Process> processes = List.of(TrainingChild.start(both.get(0)), TrainingChild.start(both.get(1)));
        for (Process process : processes) {
            assertTrue(process.waitFor(120, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        }
        assertArrayEquals(model(both.get(0)), model(both.get(1)));
    }

    private static byte[] model(RunDirectory run) throws IOException {
        return Files.readAllBytes(run.latestCheckpoint().orElseThrow().resolve("model.safetensors"));
    }
}
