package org.scorebook.slurm;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scorebook.base.Require;

/**
 * What a job asks Slurm for, as options of {@code sbatch} by their long names. Which names and values there are, Slurm knows; it is
 * asked when the job is submitted.
 *
 * @param sbatch such as {@code partition} to {@code gpu}; an option without value to the empty text
 * @param resubmit whether the job submits itself again where Slurm ends it and does not put it back into the queue
 */
public record SlurmOptions(Map<String, String> sbatch, boolean resubmit) {
    /** What the job needs itself, and why. */
    private static final Map<String, String> OWN = Map.ofEntries(
            Map.entry("output", "the run's log.txt is the job's output"),
            Map.entry("error", "the run's log.txt is the job's output"),
            Map.entry("open-mode", "what the job prints is added to the run's log.txt"),
            Map.entry("signal", "the run must hear of the end of its time before it comes"),
            Map.entry("requeue", "every job can go back into the queue"),
            Map.entry("no-requeue", "every job can go back into the queue"),
            Map.entry("job-name", "the job has the name of the run"),
            Map.entry("array", "a training is one job"),
            Map.entry("export", "the script sets the variables that the run needs"),
            Map.entry("export-file", "the script sets the variables that the run needs"),
            Map.entry("wrap", "the job has a script"),
            Map.entry("parsable", "what sbatch prints is read by a program"),
            Map.entry("quiet", "what sbatch prints is read by a program"),
            Map.entry("test-only", "the job is to be submitted"),
            Map.entry("wait", "submitting a job does not wait for its end"));

    private static final int NOTICE_SECONDS = 120;

    /** Minutes, with hours or seconds or both; what begins with days is long. */
    private static final Pattern TIME =
            Pattern.compile("(?:(?<hours>\\d{1,6}):(?=\\d+:))?(?<minutes>\\d{1,9})(?::(?<seconds>\\d{1,9}))?");

    /** @throws IllegalArgumentException for what is no option's name, one that the job needs itself, or a value of more than one line */
    public SlurmOptions {
        sbatch = Collections.unmodifiableMap(new LinkedHashMap<>(Require.given("sbatch", sbatch)));
        sbatch.forEach(SlurmOptions::check);
    }

    private static void check(String key, String value) {
        if (!key.matches("[a-z][a-z0-9-]+")) {
            throw new IllegalArgumentException(
                    "an option for sbatch must be a long one without its dashes, such as constraint, but is " + key);
        }
        if (OWN.containsKey(key)) {
            throw new IllegalArgumentException("sbatch's option " + key + " cannot be given: " + OWN.get(key));
        }
        if (value == null || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the value of sbatch's option " + key + " must be one line, but is "
                    + (value == null ? null : value.replaceAll("\\p{Cntrl}", "?")));
        }
    }

    /** What the cluster gives to a job that asks for nothing. */
    public static SlurmOptions usual() {
        return new SlurmOptions(Map.of(), false);
    }

    /** With another option. */
    public SlurmOptions with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(sbatch);
        more.put(Require.given("key", key), Require.given("value", value));
        return new SlurmOptions(more, resubmit);
    }

    /** In a partition of the cluster. */
    public SlurmOptions partition(String name) {
        return with("partition", Require.given("name", name));
    }

    /** With so many GPUs, of which a training uses one. */
    public SlurmOptions gpus(int number) {
        Require.atLeast("number", number, 0);
        return with("gpus", Integer.toString(number));
    }

    /** For so long at most, such as {@code 8:00:00} or {@code 2-0}; then the job goes on in another. */
    public SlurmOptions time(String limit) {
        return with("time", Require.given("limit", limit));
    }

    /** At the cost of an account. */
    public SlurmOptions account(String name) {
        return with("account", Require.given("name", name));
    }

    /** Submitting itself again where Slurm ends the job and does not put it back into the queue. */
    public SlurmOptions resubmitting() {
        return new SlurmOptions(sbatch, true);
    }

    /** How long before the end of its time a job is told of it: two minutes, and of less than eight minutes a quarter. */
    int noticeSeconds() {
        Matcher time = TIME.matcher(sbatch.getOrDefault("time", ""));
        if (!time.matches()) {
            return NOTICE_SECONDS; // another form, or the partition's limit: Slurm knows
        }
        long seconds = 60 * number(time, "minutes") + 3600 * number(time, "hours") + number(time, "seconds");
        return (int) Math.max(1, Math.min(NOTICE_SECONDS, seconds / 4));
    }

    private static long number(Matcher time, String part) {
        return time.group(part) == null ? 0 : Long.parseLong(time.group(part));
    }
}
