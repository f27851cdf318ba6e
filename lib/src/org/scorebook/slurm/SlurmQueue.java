package org.scorebook.slurm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What Slurm knows of jobs. All of the user's are asked for together, and not more often than each ten seconds, however many look:
 * {@code squeue} costs the cluster's controller about the same for one job and for all of a user.
 */
public final class SlurmQueue {
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** So many IDs fit into an argument of a command. */
    private static final int AT_ONCE = 1000;

    private static final SlurmQueue SHARED = new SlurmQueue();

    private final Map<String, Optional<QueuedJob>> known = new HashMap<>();
    private SlurmException failure;
    private boolean asked;
    private long askedNanos;

    private SlurmQueue() {}

    /** That of this process. */
    public static SlurmQueue shared() {
        return SHARED;
    }

    /**
     * A job that is in the queue, or that Slurm remembers.
     *
     * @return empty for one that Slurm does not know any more
     * @throws SlurmException where Slurm cannot be asked
     */
    public synchronized Optional<QueuedJob> find(String id) throws SlurmException {
        prepare(List.of(id));
        return known.get(id);
    }

    /** Asks at once for what {@link #find} will be asked for. */
    public synchronized void prepare(Collection<String> ids) throws SlurmException {
        if (ids.isEmpty()) {
            return;
        }
        if (!asked || System.nanoTime() - askedNanos > FRESH.toNanos()) {
            askForAll();
        }
        if (failure != null) {
            throw failure;
        }
        List<String> rest =
                new TreeSet<>(ids).stream().filter(id -> !known.containsKey(id)).toList();
        for (int from = 0; from < rest.size(); from += AT_ONCE) {
            askFor(rest.subList(from, Math.min(rest.size(), from + AT_ONCE)));
        }
    }

    /** Asks anew the next time: something has changed. */
    public synchronized void forget() {
        asked = false;
    }

    private void askForAll() {
        known.clear();
        failure = null;
        try {
            note(squeue("--user=" + System.getProperty("user.name")));
        } catch (SlurmException e) {
            failure = e;
        }
        asked = true;
        askedNanos = System.nanoTime();
    }

    private void note(List<QueuedJob> jobs) {
        jobs.forEach(job -> known.put(job.id(), Optional.of(job)));
    }

    /** Whether a job that comes to its end was pre-empted, or has used up its time, and nobody has cancelled it. */
    public static boolean isEndedByCluster(String id) {
        try {
            String times = String.join(
                    " ",
                    new SlurmCommand("squeue", "--noheader", "--Format=preempttime:30,timeleft:30", "--jobs=" + id)
                            .lines());
            return !times.strip().matches("N/A +(?!0:00$).*");
        } catch (SlurmException e) {
            return false;
        }
    }

    /** Those of others, and those that have ended long ago. */
    private void askFor(List<String> ids) throws SlurmException {
        try {
            note(squeue("--jobs=" + String.join(",", ids)));
        } catch (SlurmException e) {
            if (!e.isOfUnknownJob()) {
                throw e;
            }
        }
        List<String> ended = ids.stream().filter(id -> !known.containsKey(id)).toList();
        if (!ended.isEmpty()) {
            note(accounted(ended));
        }
        ids.forEach(id -> known.putIfAbsent(id, Optional.empty()));
    }

    /** Of all states: for some minutes after its end a job is still there. */
    private static List<QueuedJob> squeue(String which) throws SlurmException {
        List<QueuedJob> jobs = new ArrayList<>();
        for (String line : new SlurmCommand(
                        "squeue", "--noheader", "--array", "--states=all", "--format=" + QueuedJob.FORMAT, which)
                .lines()) {
            jobs.add(QueuedJob.ofQueue(line));
        }
        return jobs;
    }

    /** None where the cluster keeps no accounts. */
    private static List<QueuedJob> accounted(List<String> ids) throws SlurmException {
        List<String> lines;
        try {
            lines = new SlurmCommand(
                            "sacct",
                            "--noheader",
                            "--parsable2",
                            "--allocations",
                            "--format=JobID,State,NodeList",
                            "--jobs=" + String.join(",", ids))
                    .lines();
        } catch (SlurmException e) {
            return List.of();
        }
        List<QueuedJob> jobs = new ArrayList<>();
        for (String line : lines) {
            jobs.add(QueuedJob.ofAccount(line));
        }
        return jobs;
    }
}
