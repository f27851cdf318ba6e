package org.scorebook.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.scorebook.train.Checkpoint;

/** Trainers by what they save. */
final class SavedTrainers {
    private SavedTrainers() {}

    /** The same to the byte of every file of a checkpoint. */
    static void assertSame(RunTrainer expected, RunTrainer actual, Path folder) throws IOException {
        Path others = saved(actual, folder);
        try (Stream<Path> files = Files.list(saved(expected, folder))) {
            for (Path file : files.toList()) {
                Path other = others.resolve(file.getFileName());
                assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(other), file.toString());
            }
        }
    }

    private static Path saved(RunTrainer trainer, Path folder) throws IOException {
        Path parent = Files.createTempDirectory(folder, "saved");
        trainer.save(parent);
        return Checkpoint.list(parent).get(0).folder();
    }
}
