package org.scorebook.loop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.RunDirectory;

/** Trainings on the built-in emoji that end in seconds. */
public final class SmallRuns {
    private SmallRuns() {}

    /** A U-Net with all that is random in a training: dropout, mirroring and hidden labels. */
    public static RunConfig field() {
        return small(RunConfig.defaults())
                .with(Map.of("base_channels", 8, "multipliers", "1,2", "attention_resolutions", "16", "groups", 4))
                .with(Map.of("dropout", 0.1, "lr_decay", "cosine"))
                .with(Map.of("epochs", 3, "max_batches_per_epoch", 20, "batch_size", 4, "log_interval", 9));
    }

    /** An energy that classifies too. */
    public static RunConfig energy() {
        return small(RunConfig.preset("ebm-quick"))
                .with(Map.of("base_channels", 4, "spectral_norm", true))
                .with(Map.of("epochs", 2, "max_batches_per_epoch", 10, "batch_size", 8, "log_interval", 5))
                .with(Map.of("chain_steps", 3, "buffer_size", 32));
    }

    private static RunConfig small(RunConfig config) {
        return config.with(Map.of("data", "emoji", "flip", true, "conditional", true, "device", "cpu"))
                .with(Map.of("checkpoint_interval", 100, "sample_interval", 0, "evaluation_batches", 2));
    }

    /** A new run, trained to its end. */
    public static RunDirectory run(RunConfig config, Path runs) throws IOException {
        RunDirectory directory = RunDirectory.create(config, runs);
        train(directory);
        return directory;
    }

    /** Begins a run, or goes on with it. */
    public static void train(RunDirectory directory) throws IOException {
        new TrainingLoop(directory.config(), directory, (step, loss) -> {}).run();
    }
}
