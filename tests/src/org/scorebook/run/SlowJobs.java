package org.scorebook.run;

import java.io.IOException;
import java.nio.file.Path;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.RunDirectory;

/** Jobs in real processes that do not train but take their time; see {@link SlowTraining}. */
public final class SlowJobs {
    private SlowJobs() {}

    /** Of so many steps of 10 ms each. */
    public static RunConfig config(int steps) {
        return SlowTraining.config(steps);
    }

    /** Begins a job. */
    public static TrainingJob start(RunConfig config, Path folder) throws IOException {
        return LocalJob.start(config, folder, SlowTraining.LAUNCHER);
    }

    /** That of a run. */
    public static TrainingJob of(RunDirectory run) {
        return new LocalJob(run, SlowTraining.LAUNCHER);
    }
}
