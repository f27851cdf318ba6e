package org.scorebook.cli;

import java.nio.file.Path;
import java.util.List;
import org.scorebook.base.Invocation;
import org.scorebook.base.ShellWord;
import org.scorebook.folder.Runs;
import org.scorebook.folder.TrainingProgram;

/** What the processes of jobs run: {@code scorebook train --run-dir}. */
public final class TrainCommand implements TrainingProgram {
    @Override
    public List<String> command() {
        return List.of(Main.class.getName(), "train", "--run-dir");
    }

    @Override
    public List<String> sweepCommand() {
        return List.of(Main.class.getName(), "sweep", "--task");
    }

    @Override
    public String toResume(Path run) {
        return Invocation.fromAnywhere(System.getenv()) + " jobs resume " + reference(run);
    }

    @Override
    public String toExtend(Path run) {
        return Invocation.of("train --resume " + reference(run) + " --epochs N");
    }

    @Override
    public String toCancel(Path run) {
        return Invocation.of("jobs cancel " + reference(run));
    }

    /** The run's ID, with its place where commands would look elsewhere. */
    private static String reference(Path run) {
        Path parent = run.toAbsolutePath().normalize().getParent();
        String id = run.getFileName().toString();
        return Runs.isFoundFromEverywhere(parent) ? id : id + " --save-dir " + ShellWord.quoted(parent.toString());
    }
}
