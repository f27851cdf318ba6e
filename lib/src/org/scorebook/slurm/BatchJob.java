package org.scorebook.slurm;

import java.util.Map;
import java.util.Optional;

/**
 * The Slurm job that this process is the whole of, started by a {@link BatchScript} of this library. A training that somebody
 * starts in a job of his own, such as one with a notebook in it, is not in one.
 *
 * @param id such as {@code 12}, or {@code 12_3} for a task of an array
 * @param resubmits whether it is to submit itself again where Slurm does not put it back into the queue
 */
public record BatchJob(String id, boolean resubmits) {
    /** Java's option that says so to the process; {@link #RESUBMIT} also that it submits itself again. */
    private static final String PROPERTY = "scorebook.slurm";

    private static final String REQUEUE = "requeue";
    private static final String RESUBMIT = "resubmit";

    /** For the command of a script. */
    public static String property(SlurmOptions options) {
        return "-D" + PROPERTY + "=" + (options.resubmit() ? RESUBMIT : REQUEUE);
    }

    /** Of this process; empty for one that is not in such a job. */
    public static Optional<BatchJob> current() {
        return of(System.getProperty(PROPERTY, ""), System.getenv());
    }

    static Optional<BatchJob> of(String property, Map<String, String> environment) {
        String task = environment.get("SLURM_ARRAY_TASK_ID");
        String id = task == null ? environment.get("SLURM_JOB_ID") : environment.get("SLURM_ARRAY_JOB_ID") + "_" + task;
        return property.isEmpty() || id == null
                ? Optional.empty()
                : Optional.of(new BatchJob(id, property.equals(RESUBMIT)));
    }
}
