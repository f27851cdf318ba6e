package org.scorebook.run;

import java.util.List;
import java.util.ServiceLoader;

/**
 * The program that a job's process runs: it trains the run whose directory is its last argument, by {@link RunProcess}. It is
 * found as a service, for the command line, which is one, stands above this package, and jobs are also started where nothing of it
 * has run: in notebooks.
 */
public interface TrainingProgram {
    /** The main class and the arguments before the run's directory. */
    List<String> command();

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
