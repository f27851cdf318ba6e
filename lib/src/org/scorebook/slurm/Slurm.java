package org.scorebook.slurm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.scorebook.base.Sentence;

/** Slurm's commands that change something. */
public final class Slurm {
    private static final Pattern OPTION = Pattern.compile("#SBATCH --([a-z-]+)");
    private static final Pattern SUBMITTED = Pattern.compile("(\\d+)(;.*)?");

    /** What a job gets of the environment of the process that submits it; the script has the rest. */
    private static final String PASSED = "PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_.*|SLURM_CONF|SBATCH_.*";

    private Slurm() {}

    /**
     * Submits a script. Its options stand over the variables in which users have their usual ones.
     *
     * @param after a job whose end the new one waits for; empty for none
     * @return the job's ID
     * @throws SlurmException with Slurm's own words where it refuses
     */
    public static String submit(Path script, String after) throws SlurmException {
        List<String> words = new ArrayList<>(List.of("sbatch", "--parsable"));
        if (!after.isEmpty()) {
            words.add("--dependency=afterany:" + after);
        }
        words.add(script.toString());
        SlurmCommand command = new SlurmCommand(words.toArray(String[]::new));
        Map<String, String> environment = command.builder().environment();
        environment.keySet().retainAll(passed(environment.keySet(), decided(script)));
        List<String> lines = command.lines();
        SlurmQueue.shared().forget();
        Matcher id = SUBMITTED.matcher(lines.isEmpty() ? "" : lines.get(lines.size() - 1));
        if (!id.matches()) {
            throw new SlurmException("sbatch says what is not understood: " + String.join("; ", lines));
        }
        return id.group(1);
    }

    /** Ends a job, whether it has begun or not; what runs in it has as long as the cluster gives (KillWait). */
    public static void cancel(String id) throws SlurmException {
        change("scancel", id);
    }

    /** Asks what runs in a job to stop, for which it has as long as it needs. */
    public static void terminate(String id) throws SlurmException {
        change("scancel", "--batch", "--signal=TERM", id);
    }

    /** Puts a job back into the queue; what runs in it is ended. */
    public static void requeue(String id) throws SlurmException {
        change("scontrol", "requeue", id);
    }

    private static void change(String... words) throws SlurmException {
        new SlurmCommand(words).lines();
        SlurmQueue.shared().forget();
    }

    private static Set<String> passed(Set<String> names, Set<String> decided) {
        return names.stream()
                .filter(name -> name.matches(PASSED) && !decided.contains(name))
                .collect(Collectors.toSet());
    }

    /** The variables of {@code sbatch} for the options that a script has. */
    private static Set<String> decided(Path script) throws SlurmException {
        Set<String> names = new HashSet<>(Set.of("SBATCH_ARRAY_INX", "SBATCH_NO_REQUEUE", "SBATCH_WAIT"));
        try {
            for (String line : Files.readAllLines(script)) {
                Matcher option = OPTION.matcher(line);
                if (option.lookingAt()) {
                    String name = option.group(1).toUpperCase(Locale.ROOT).replace('-', '_');
                    names.add("SBATCH_" + (name.equals("TIME") ? "TIMELIMIT" : name));
                }
            }
        } catch (IOException e) {
            throw new SlurmException(script + " cannot be read: " + Sentence.of(e), e);
        }
        return names;
    }
}
