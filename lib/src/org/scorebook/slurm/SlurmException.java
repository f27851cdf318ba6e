package org.scorebook.slurm;

import java.io.IOException;

/** Slurm could not be asked, or refuses; the message is one sentence, with Slurm's own where there is one. */
public final class SlurmException extends IOException {
    private static final long serialVersionUID = 1;

    SlurmException(String message) {
        super(message);
    }

    SlurmException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether it is that Slurm has forgotten the job. */
    boolean isOfUnknownJob() {
        return getMessage().contains("Invalid job id");
    }
}
