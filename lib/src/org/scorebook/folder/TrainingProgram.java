package org.scorebook.folder;

import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The program that a job's process runs: it trains the run whose directory is its last argument. The command
 * line is such a program. It is found as a service, because it stands above this package and jobs also start in notebooks, where
 * nothing of it has run.
 */
public interface TrainingProgram {
    /** The main class and the arguments before the run's directory. */
    List<String> command();

    /** As {@link #command}, of a program that trains one member of a sweep, before the sweep's directory. */
    List<String> sweepCommand();

    /** What a person types, wherever he is, to go on with a run that was stopped: the run keeps it. */
    String toResume(Path run);

    /** What a person types to train a run longer. */
    String toExtend(Path run);

    /** What a person types to end a run. */
    String toCancel(Path run);

    /**
     * The first one on the class path.
     *
     * @throws IllegalStateException where there is none
     */
    static TrainingProgram installed() {
        return ServiceLoader.load(TrainingProgram.class, TrainingProgram.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "there is no program that trains: the class path lacks META-INF/services/"
                                + TrainingProgram.class.getName()));
    }
}
