package org.scorebook.loop;

import java.io.IOException;
import java.nio.file.Path;
import org.scorebook.aten.Child;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunState;
import org.scorebook.machine.StopSignal;
import org.scorebook.run.RunProcess;

/** A training in a process of its own, as {@code scorebook train} is one. */
final class TrainingChild {
    private TrainingChild() {}

    public static void main(String[] args) throws IOException {
        RunState ended = RunProcess.run(RunDirectory.open(Path.of(args[0])), TrainingLoop::new, (step, loss) -> {})
                .state();
        System.exit(ended == RunState.FAILED ? 1 : StopSignal.exitCode());
    }

    /** Begins a run, or goes on with it. */
    static Process start(RunDirectory run) throws IOException {
        return Child.java(TrainingChild.class, run.path().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
