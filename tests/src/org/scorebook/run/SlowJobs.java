package org.scorebook.run;

import org.scorebook.config.RunConfig;

/** Jobs in real processes that do not train but take their time; see {@link SlowTraining}. */
public final class SlowJobs {
    /** Gives them their processes. */
    public static final Launcher LAUNCHER = SlowTraining.LAUNCHER;

    private SlowJobs() {}

    /** Of so many steps of 10 ms each. */
    public static RunConfig config(int steps) {
        return SlowTraining.config(steps);
    }
}
