package org.scorebook.folder;

import java.util.Optional;
import org.scorebook.slurm.QueuedJob;
import org.scorebook.slurm.SlurmException;
import org.scorebook.slurm.SlurmQueue;

/**
 * How an open run is whose process is in a Slurm job: Slurm says whether it lives, on whatever machine.
 *
 * @param status as its process has written it
 * @param isCancelled whether somebody has asked it to stop
 * @param resume what a person types to go on
 */
record StatusInSlurm(Status status, boolean isCancelled, String resume) {
    Status now() {
        Optional<QueuedJob> job;
        try {
            job = SlurmQueue.shared().find(status.slurmJob());
        } catch (SlurmException e) {
            return status.seen("Slurm cannot be asked whether this is still so: " + e.getMessage());
        }
        return job.map(this::with)
                .orElseGet(() -> ended(
                        isCancelled ? RunState.CANCELLED : RunState.FAILED,
                        "Slurm no longer knows job " + status.slurmJob() + ", in which the run did not end"));
    }

    private Status with(QueuedJob job) {
        return switch (job.state().phase()) {
            case WAITS -> status.waiting(job.words());
            case WORKS -> isToBeTold(job) ? status.seen(job.words()) : status;
            case ENDED ->
                ended(isCancelled || job.state().isStop() ? RunState.CANCELLED : RunState.FAILED, job.words());
        };
    }

    /** That it runs or comes to its end, the run's own process says better, once there is one. */
    private boolean isToBeTold(QueuedJob job) {
        return switch (job.state()) {
            case RUNNING -> status.pid() == 0;
            case COMPLETING -> false;
            default -> true;
        };
    }

    private Status ended(RunState how, String why) {
        String where = status.pid() == 0 && status.step() == 0 ? ", before it began" : ", at step " + status.step();
        return status.foundEnded(how, (isCancelled ? "cancelled: " : "") + why + where + resume);
    }
}
