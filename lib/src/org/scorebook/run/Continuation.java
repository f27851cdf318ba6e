package org.scorebook.run;

import java.io.IOException;
import java.util.Optional;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.Status;
import org.scorebook.slurm.BatchJob;
import org.scorebook.slurm.QueuedJob;
import org.scorebook.slurm.Slurm;
import org.scorebook.slurm.SlurmException;
import org.scorebook.slurm.SlurmQueue;

/**
 * How a run in a Slurm job goes on after a signal that told it to write a checkpoint and stop. SIGUSR1 comes when the job's time is
 * nearly over, SIGTERM when Slurm takes the nodes away, or from a person. Where Slurm does not put the job back into the queue, the
 * run asks for that, or, if it is to, submits another job; not where somebody has cancelled the job.
 *
 * @param hadNoStep whether the process before this one made no step either
 */
record Continuation(RunDirectory directory, BatchJob job, boolean hadNoStep) {
    private static final String TIME_IS_OVER = "SIGUSR1";

    /** What is to be asked of Slurm. */
    enum NextStep {
        /** Nothing: the job is on its next back into the queue. */
        WAIT,
        /** To put the job back. */
        REQUEUE,
        /** To take another job. */
        RESUBMIT
    }

    /**
     * Of a process that takes a run.
     *
     * @param before the status that it finds
     * @return empty outside of jobs
     */
    static Optional<Continuation> of(RunDirectory directory, Status before) {
        boolean hadNoStep = before.slurmJob() != null && before.pid() != 0 && before.step() == before.firstStep();
        return BatchJob.current().map(job -> new Continuation(directory, job, hadNoStep));
    }

    /**
     * The status of a run that a process of this job takes.
     *
     * @throws IllegalStateException where another job works on it, as it does when somebody submits its script twice
     */
    Status taken(Status before) {
        String other = before.slurmJob();
        if (before.state().isOpen() && other != null && !other.equals(job.id()) && isAtWork(other)) {
            throw new IllegalStateException("Slurm job " + other + " works on run " + directory.id() + ", so that job "
                    + job.id() + " must not; scancel one of them");
        }
        return before.queued().inJob(job.id());
    }

    private static boolean isAtWork(String other) {
        try {
            return SlurmQueue.shared()
                    .find(other)
                    .filter(found -> !found.isEnding())
                    .isPresent();
        } catch (SlurmException e) {
            return false;
        }
    }

    /**
     * What is next after a signal; empty where the run ends with it.
     *
     * @param now the status of the process that leaves
     */
    Optional<NextStep> after(String signal, Status now) {
        if (signal.equals(TIME_IS_OVER)) {
            return isInVain(signal, now) ? Optional.empty() : Optional.of(NextStep.REQUEUE);
        }
        try {
            SlurmQueue.shared().forget();
            return SlurmQueue.shared().find(job.id()).map(this::next).orElse(Optional.of(NextStep.REQUEUE));
        } catch (SlurmException e) {
            return Optional.of(NextStep.WAIT); // Slurm decides, and whoever looks at the run asks it
        }
    }

    /** Whether one more process would not come further either. */
    boolean isInVain(String signal, Status now) {
        return signal.equals(TIME_IS_OVER) && hadNoStep && now.step() == now.firstStep();
    }

    private Optional<NextStep> next(QueuedJob found) {
        if (found.isGoingBack()) {
            return Optional.of(NextStep.WAIT);
        }
        if (found.isEnding()) {
            return job.resubmits() && SlurmQueue.isEndedByCluster(job.id())
                    ? Optional.of(NextStep.RESUBMIT)
                    : Optional.empty();
        }
        return Optional.of(NextStep.REQUEUE);
    }

    /**
     * Does it, when the status says already that the run goes on: the next process may begin at once.
     *
     * @throws SlurmException where Slurm refuses
     */
    void take(NextStep next) throws IOException {
        if (next == NextStep.REQUEUE) {
            try {
                Slurm.requeue(job.id());
            } catch (SlurmException e) {
                if (!isGoingBack()) {
                    resubmitOr(e);
                }
            }
        } else if (next == NextStep.RESUBMIT) {
            resubmit();
        }
    }

    /**
     * Slurm may end the command that has asked for this with all else that runs in the job, before it can say that it was done; and
     * the command that asks for the job then, too, which is as good an answer.
     */
    private boolean isGoingBack() {
        try {
            SlurmQueue.shared().forget();
            return SlurmQueue.shared()
                    .find(job.id())
                    .filter(QueuedJob::isGoingBack)
                    .isPresent();
        } catch (SlurmException e) {
            return true; // or Slurm cannot be reached: whoever looks at the run asks it
        }
    }

    private void resubmitOr(SlurmException refusal) throws IOException {
        if (!job.resubmits()) {
            throw refusal;
        }
        resubmit();
    }

    private void resubmit() throws IOException {
        String next = Slurm.submit(directory.batchScript(), job.id());
        directory.log("goes on as Slurm job " + next);
        directory.update(status -> status.inJob(next));
    }
}
