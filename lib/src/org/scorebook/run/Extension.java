package org.scorebook.run;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.scorebook.config.RunConfig;
import org.scorebook.config.RunSetting;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.Status;
import org.scorebook.folder.TrainingProgram;
import org.scorebook.train.Checkpoint;

/** Other epochs for a run than it was made for: the one setting that can change once a run has begun. */
public final class Extension {
    private static final String EPOCHS = "epochs";

    private Extension() {}

    /**
     * The settings of a run with changes, of which only that of the epochs may be one.
     *
     * @param changes as for {@link RunConfig#with(Map)}; a setting may be given its own value
     * @throws IllegalArgumentException for the change of another setting
     */
    public static RunConfig config(RunDirectory run, Map<String, ?> changes) throws IOException {
        RunConfig before = run.config();
        RunConfig after = before.with(changes);
        for (RunSetting setting : RunConfig.settings()) {
            if (!setting.key().equals(EPOCHS) && !Objects.equals(setting.of(before), setting.of(after))) {
                throw refused(run, setting, setting.of(before), setting.of(after));
            }
        }
        return after;
    }

    private static IllegalArgumentException refused(RunDirectory run, RunSetting setting, Object old, Object wanted) {
        return new IllegalArgumentException(
                setting.option() + " cannot change in a run that goes on, only --epochs can: it is "
                        + text(old) + " in run " + run.id() + ", not " + text(wanted)
                        + "; leave it out, or start a new run with --config "
                        + run.path().resolve("config.json") + " and this option");
    }

    private static String text(Object value) {
        return value == null ? "not set" : value.toString();
    }

    /**
     * Gives a run other epochs and puts it back in state queued, for a process that goes on with it.
     *
     * @param epochs of the whole training, more than are done
     * @return one sentence, also in log and status, where the result will not be that of one training of so many epochs
     * @throws IllegalStateException for a run that is at work
     * @throws IllegalArgumentException if so many epochs are done
     */
    public static Optional<String> apply(RunDirectory run, int epochs) throws IOException {
        RunConfig before = run.config();
        RunConfig after = before.with(EPOCHS, epochs);
        int done = run.lossHistory().done();
        if (epochs <= done) {
            throw new IllegalArgumentException("epochs must be more than the " + done + " that run " + run.id()
                    + " has trained, but is " + epochs);
        }
        Optional<String> note = note(run, before, after);
        run.queue(status -> requireEnded(run, status), status -> {
            run.writeConfig(after);
            run.log("is to train " + epochs + " epochs; it was to train " + before.epochs());
            if (note.isPresent()) {
                run.log(note.get());
            }
            return note.map(status.queuedAnew()::noted).orElseGet(status::queuedAnew);
        });
        return note;
    }

    private static void requireEnded(RunDirectory run, Status status) {
        if (status.state().isOpen()) {
            throw new IllegalStateException(
                    "run " + run.id() + " is " + status.state() + ": its epochs can change when it has ended; "
                            + TrainingProgram.installed().toCancel(run.path()) + " ends it");
        }
    }

    /** Empty where the learning rate is the same for any number of epochs, or nothing was trained yet. */
    private static Optional<String> note(RunDirectory run, RunConfig before, RunConfig after) throws IOException {
        List<Checkpoint> checkpoints = Checkpoint.list(Checkpoint.parentIn(run.path()));
        if (before.epochs() == after.epochs() || !before.lrDecay().isByEpochs() || checkpoints.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("The learning rate falls over all epochs (lr_decay is " + before.lrDecay() + "): as for "
                + before.epochs() + " in all until step " + checkpoints.get(0).step() + ", as for " + after.epochs()
                + " in all after it, so that the result is not that of one training of " + after.epochs() + " epochs.");
    }
}
