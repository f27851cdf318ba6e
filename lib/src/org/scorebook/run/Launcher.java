package org.scorebook.run;

import java.io.IOException;
import java.nio.file.Files;
import org.scorebook.base.Require;
import org.scorebook.folder.RunDirectory;
import org.scorebook.slurm.SlurmOptions;

/** Where a training gets its process. */
public interface Launcher {
    /**
     * Lets a process train a run that is queued; returns as soon as there is one, or as soon as it waits for its turn.
     *
     * @throws IOException whose message says why there will be none
     */
    void launch(RunDirectory directory) throws IOException;

    /** A process of this machine. */
    static Launcher local() {
        return LocalLauncher.installed();
    }

    /**
     * A process of this machine that waits for its device only where another of the same place has it: several share the processor
     * so, each with the threads that it is given.
     *
     * @param place 0 or more
     */
    static Launcher local(int place) {
        return LocalLauncher.installed().at(place);
    }

    /** A job of a Slurm cluster, whose nodes must see the runs' folder at the same path. */
    static Launcher slurm(SlurmOptions options) {
        return new SlurmLauncher(Require.given("options", options));
    }

    /** The one that a run had the last time. */
    static Launcher of(RunDirectory directory) throws IOException {
        Require.given("directory", directory);
        return directory.status().slurmJob() != null && Files.exists(directory.batchScript())
                ? new SlurmLauncher(null)
                : local();
    }
}
