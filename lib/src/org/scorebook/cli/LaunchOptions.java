package org.scorebook.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.scorebook.run.Launcher;
import org.scorebook.slurm.SlurmOptions;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where {@code train} and {@code sweep} get their processes from. */
final class LaunchOptions {
    /** Kinds of launchers. */
    private enum Kind {
        LOCAL,
        SLURM;

        @Override
        public String toString() {
            return name().toLowerCase();
        }
    }

    @Option(
            names = "--launcher",
            paramLabel = "NAME",
            description =
                    "local: this machine. slurm: a job of the cluster, in whose queue it waits; implies --detach. Default: local,"
                            + " or with --resume --detach what the run had before")
    private Kind kind;

    @Option(names = "--partition", paramLabel = "P", description = "with --launcher slurm: the cluster's partition")
    private String partition;

    @Option(
            names = "--gpus",
            paramLabel = "N",
            description = "with --launcher slurm: so many GPUs; a training uses one")
    private Integer gpus;

    @Option(
            names = "--time",
            paramLabel = "T",
            description =
                    "with --launcher slurm: the longest time of a job, such as 8:00:00. Two minutes before its end the"
                            + " training writes a checkpoint and goes on in the next job")
    private String time;

    @Option(names = "--account", paramLabel = "A", description = "with --launcher slurm: who pays")
    private String account;

    @Option(
            names = "--set-sbatch",
            paramLabel = "KEY=VALUE",
            description =
                    "with --launcher slurm: any other long option of sbatch, such as constraint=a100; may be repeated. One"
                            + " without a value: exclusive=")
    private Map<String, String> others = new LinkedHashMap<>();

    @Option(
            names = "--resubmit",
            description =
                    "with --launcher slurm: submit another job where the cluster ends one and does not put it back into the"
                            + " queue")
    private boolean resubmit;

    /** The one that is asked for; empty where none is. */
    Optional<Launcher> launcher(CommandLine line) {
        SlurmOptions options = options();
        if (kind == Kind.SLURM) {
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
        return kind == Kind.SLURM;
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
