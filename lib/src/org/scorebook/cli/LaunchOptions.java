package org.scorebook.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scorebook.run.Launcher;
import org.scorebook.slurm.SlurmOptions;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where {@code train} and {@code sweep} get their processes from. */
final class LaunchOptions {
    private static final String LOCAL = "local";
    private static final String SLURM = "slurm";

    @Option(
            names = "--launcher",
            paramLabel = "NAME",
            completionCandidates = Kinds.class,
            description =
                    "local: this machine. slurm: a job of the cluster, which waits in its queue; implies --detach. Default:"
                            + " local, or with --resume --detach what the run had before")
    private String kind;

    @Option(names = "--partition", paramLabel = "P", description = "the partition of the cluster")
    private String partition;

    @Option(names = "--gpus", paramLabel = "N", description = "so many GPUs; a training uses one")
    private Integer gpus;

    @Option(
            names = "--time",
            paramLabel = "T",
            description =
                    "the longest time of a job, such as 8:00:00; shortly before its end the training writes a checkpoint, and"
                            + " goes on in the next")
    private String time;

    @Option(names = "--account", paramLabel = "A", description = "who pays")
    private String account;

    @Option(
            names = "--set-sbatch",
            paramLabel = "KEY=VALUE",
            description =
                    "any other long option of sbatch, such as constraint=a100, or exclusive= for one without a value; may be"
                            + " repeated")
    private Map<String, String> others = new LinkedHashMap<>();

    @Option(
            names = "--resubmit",
            description = "submit another job where the cluster ends one and does not put it back into the queue")
    private boolean resubmit;

    /** For completion. */
    static final class Kinds extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Kinds() {
            super(List.of(LOCAL, SLURM));
        }
    }

    /** The one that is asked for; empty where none is. */
    Optional<Launcher> launcher(CommandLine line) {
        if (kind != null && !new Kinds().contains(kind)) {
            throw new ParameterException(line, "--launcher must be local or slurm, but is " + kind);
        }
        SlurmOptions options = options();
        if (isElsewhere()) {
            return Optional.of(Launcher.slurm(options));
        }
        if (!options.equals(SlurmOptions.usual())) {
            throw new ParameterException(
                    line,
                    "--partition, --gpus, --time, --account, --set-sbatch and --resubmit say what to ask"
                            + " Slurm for: give --launcher slurm, too");
        }
        return kind == null ? Optional.empty() : Optional.of(Launcher.local());
    }

    /** What to ask Slurm for, where it is to run the jobs. */
    Optional<SlurmOptions> slurm(CommandLine line) {
        return launcher(line).filter(chosen -> isElsewhere()).map(chosen -> options());
    }

    /** Whether the training is to be in a process of its own. */
    boolean isElsewhere() {
        return SLURM.equals(kind);
    }

    private SlurmOptions options() {
        SlurmOptions options = SlurmOptions.usual();
        options = partition == null ? options : options.partition(partition);
        options = gpus == null ? options : options.gpus(gpus);
        options = time == null ? options : options.time(time);
        options = account == null ? options : options.account(account);
        for (Map.Entry<String, String> other : others.entrySet()) {
            options = options.with(other.getKey(), other.getValue());
        }
        return resubmit ? options.resubmitting() : options;
    }
}
