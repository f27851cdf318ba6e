package org.scorebook.slurm;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A job as {@code squeue} or {@code sacct} shows it.
 *
 * @param id such as {@code 12}, or {@code 12_3} for a task of an array
 * @param reason why it waits, or what else is to be said, in Slurm's words; empty for nothing
 * @param nodes that it has or had; empty for none
 * @param hasEnd whether the time of its end is known: a job that is coming to its end without one goes back into the queue
 */
public record QueuedJob(String id, SlurmState state, String reason, String nodes, boolean hasEnd) {
    /** For {@code squeue --format}; the reason, which may be any text, is last. */
    static final String FORMAT = "%i|%T|%e|%N|%r";

    private static final Pattern LINE = Pattern.compile("(\\d+(?:_\\d+)?)\\|([A-Z_]+)\\|([^|]*)\\|([^|]*)\\|(.*)");
    private static final Pattern ACCOUNT = Pattern.compile("(\\d+(?:_\\d+)?)\\|([^|]+)\\|([^|]*)\\|?");

    /** Of a line of {@code squeue}. */
    static QueuedJob ofQueue(String line) throws SlurmException {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new SlurmException("squeue says what is not understood: " + line);
        }
        boolean hasEnd = parts.group(3).matches("\\d{4}-.*");
        return new QueuedJob(
                parts.group(1), SlurmState.of(parts.group(2)), given(parts.group(5)), given(parts.group(4)), hasEnd);
    }

    /** Of a line of {@code sacct} with job, state and nodes. */
    static QueuedJob ofAccount(String line) throws SlurmException {
        Matcher parts = ACCOUNT.matcher(line);
        if (!parts.matches()) {
            throw new SlurmException("sacct says what is not understood: " + line);
        }
        return new QueuedJob(
                parts.group(1),
                SlurmState.of(parts.group(2)),
                "",
                given(parts.group(3).replace("None assigned", "")),
                true);
    }

    private static String given(String text) {
        return text.equals("None") || text.equals("(null)") ? "" : text;
    }

    /** One sentence without its full stop, such as {@code Slurm job 12 waits: Resources}. */
    public String words() {
        String why = reason.isEmpty() || state.isStop() ? "" : ": " + reason;
        String where = nodes.isEmpty() || state.phase() == SlurmState.Phase.WAITS ? "" : " on " + nodes;
        return "Slurm job " + id + " " + state.words() + where + why;
    }

    /** Whether it comes to its end to begin anew. */
    public boolean isGoingBack() {
        return state.phase() == SlurmState.Phase.WAITS || state == SlurmState.COMPLETING && !hasEnd;
    }

    /** Whether it has ended, or will without being asked whether it wants to. */
    public boolean isEnding() {
        return state.phase() == SlurmState.Phase.ENDED || state == SlurmState.COMPLETING && hasEnd;
    }
}
