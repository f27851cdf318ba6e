package org.scorebook.slurm;

import java.util.Arrays;
import java.util.Optional;

/** What Slurm says of a job, and what that means for the run in it (squeue(1), "Job state codes"). */
public enum SlurmState {
    PENDING(Phase.WAITS, "waits"),
    REQUEUED(Phase.WAITS, "waits, for it is put back into the queue"),
    REQUEUE_HOLD(Phase.WAITS, "is put back into the queue and held there; scontrol release lets it go on"),
    SPECIAL_EXIT(Phase.WAITS, "is put back into the queue and held there; scontrol release lets it go on"),
    RESV_DEL_HOLD(Phase.WAITS, "is held, because its reservation is gone"),
    CONFIGURING(Phase.WORKS, "has its nodes, which are made ready"),
    RUNNING(Phase.WORKS, "begins"),
    SUSPENDED(Phase.WORKS, "is suspended"),
    STOPPED(Phase.WORKS, "is stopped, and keeps its nodes"),
    COMPLETING(Phase.WORKS, "is coming to its end"),
    COMPLETED(Phase.ENDED, "ended"),
    CANCELLED(Phase.ENDED, "was cancelled"),
    PREEMPTED(Phase.ENDED, "was ended for another job (pre-empted)"),
    REVOKED(Phase.ENDED, "was taken by another cluster"),
    FAILED(Phase.ENDED, "failed"),
    TIMEOUT(Phase.ENDED, "ran out of its time limit"),
    DEADLINE(Phase.ENDED, "ran past its deadline"),
    OUT_OF_MEMORY(Phase.ENDED, "ran out of memory"),
    NODE_FAIL(Phase.ENDED, "lost its node"),
    BOOT_FAIL(Phase.ENDED, "got a node that did not start"),
    /** One that this version does not know: nothing is concluded from it. */
    OTHER(Phase.WORKS, "is in a state that is not known here");

    /** Where a job is. */
    public enum Phase {
        WAITS,
        WORKS,
        ENDED
    }

    private final Phase phase;
    private final String words;

    SlurmState(Phase phase, String words) {
        this.phase = phase;
        this.words = words;
    }

    /** Of Slurm's word, such as {@code PENDING}, or {@code CANCELLED by 1000}. */
    static SlurmState of(String word) {
        String first = word.strip().split("[ +]", 2)[0];
        Optional<SlurmState> known = Arrays.stream(values())
                .filter(state -> state.name().equals(first))
                .findFirst();
        return known.orElse(OTHER);
    }

    /** Where a job in this state is. */
    public Phase phase() {
        return phase;
    }

    /** What comes after "Slurm job 12" in a sentence. */
    public String words() {
        return words;
    }

    /** Whether somebody has ended the job, and nothing in it has failed. */
    public boolean isStop() {
        return this == CANCELLED || this == PREEMPTED || this == REVOKED;
    }
}
