package org.scorebook.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.scorebook.base.Require;
import org.scorebook.config.RunConfig;
import org.scorebook.run.Extension;
import org.scorebook.run.Launcher;
import org.scorebook.run.TrainingJob;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which run {@code train} goes on with, and how far. */
final class ResumeOptions {
    private static final String EPOCHS = "epochs";

    @Option(
            names = "--resume",
            paramLabel = "ID",
            description =
                    "go on with a run from its newest checkpoint; a run's name or latest will do. Beside it --epochs N"
                            + " trains until N epochs are done in all, also a run that has succeeded; other settings cannot change")
    private String id;

    @Option(
            names = "--extend",
            paramLabel = "K",
            description = "with --resume: K epochs more than the run was to train")
    private Integer more;

    /** Whether there is a run to go on with. */
    boolean isGiven(CommandLine line) {
        if (id == null && more != null) {
            throw new ParameterException(
                    line, "--extend adds epochs to a run: name it with --resume ID, or give a new run its --epochs");
        }
        return id != null;
    }

    /**
     * A run to go on with.
     *
     * @param config its settings, with the new number of epochs where there is one
     * @param otherEpochs whether there is one
     */
    record Resumption(TrainingJob job, RunConfig config, boolean otherEpochs) {
        /**
         * Lets another process go on, or makes the run ready for this one; returns what is to be said of it.
         *
         * @param apart whether it is another
         * @param launcher of that; empty for the one that the run had
         */
        Optional<String> begin(boolean apart, Optional<Launcher> launcher) throws IOException {
            if (!apart) {
                return beginHere();
            }
            Launcher where = launcher.isPresent() ? launcher.get() : Launcher.of(job.directory());
            if (otherEpochs) {
                return job.extendTo(config.epochs(), where);
            }
            job.resume(where);
            return Optional.empty();
        }

        private Optional<String> beginHere() throws IOException {
            if (otherEpochs) {
                return Extension.apply(job.directory(), config.epochs());
            }
            job.directory().reopen();
            return Optional.empty();
        }
    }

    /** The run, and what the command line says of its settings. */
    Resumption find(Path runs, ConfigOptions settings, CommandLine line) throws IOException {
        Map<String, Object> changes = new LinkedHashMap<>(settings.changesOfRun(line));
        TrainingJob job = TrainingJob.find(id, runs);
        if (more != null) {
            Require.atLeast("extend", more, 1);
            if (changes.containsKey(EPOCHS)) {
                throw new ParameterException(
                        line, "give one of --epochs, all epochs, and --extend, those added, not both");
            }
            changes.put(EPOCHS, (long) job.directory().config().epochs() + more);
        }
        return new Resumption(job, Extension.config(job.directory(), changes), changes.containsKey(EPOCHS));
    }
}
