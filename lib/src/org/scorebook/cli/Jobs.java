package org.scorebook.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.scorebook.base.TextFile;
import org.scorebook.folder.RunState;
import org.scorebook.folder.RunText;
import org.scorebook.folder.Runs;
import org.scorebook.folder.Status;
import org.scorebook.run.TrainingJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code scorebook jobs}. */
@Command(
        name = "jobs",
        description = "See and steer the training runs of a folder.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} jobs list",
            "  ${ROOT-COMMAND-NAME} jobs logs -f latest",
            "  ${ROOT-COMMAND-NAME} jobs cancel fashion-mnist-cpu",
            "",
            "ID is a run's ID, its name (the newest of that name), or latest."
        })
final class Jobs implements Runnable {
    private static final int POLL_MILLIS = 300;

    @Option(
            names = "--save-dir",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "folder of the runs (default: what SCOREBOOK_RUNS names, else ./runs and the project's)")
    private Path saveDir;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(out());
    }

    @Command(name = "list", description = "List the runs, the newest first.", mixinStandardHelpOptions = true)
    void list(
            @Option(
                            names = {"-n", "--last"},
                            paramLabel = "N",
                            description = "only the newest N; of thousands that is quicker")
                    Integer last)
            throws IOException {
        List<TrainingJob> jobs = TrainingJob.list(runs(), last == null ? Integer.MAX_VALUE : last);
        if (jobs.isEmpty()) {
            out().println("no runs in " + Runs.words(runs()));
            return;
        }
        int width = jobs.stream().mapToInt(job -> job.id().length()).max().orElse(0);
        String row = "%-" + width + "s  %-9s  %17s  %5s  %8s  %s%n";
        out().printf(row, "ID", "STATE", "STEP", "EPOCH", "IMAGES/S", "LEFT OR AGO");
        for (TrainingJob job : jobs) {
            out().printf(row, columns(job));
        }
    }

    /** A run that cannot be read is a row that says so. */
    private static Object[] columns(TrainingJob job) {
        try {
            Status s = job.status();
            String steps = s.step() + (s.totalSteps() > 0 ? "/" + s.totalSteps() : "");
            return new Object[] {job.id(), s.state(), steps, s.epoch(), images(s), time(s)};
        } catch (IOException e) {
            return new Object[] {job.id(), "unknown", "-", "-", "-", e.getMessage()};
        }
    }

    private static String images(Status status) {
        return status.imagesPerSecond() > 0 ? String.format("%.1f", status.imagesPerSecond()) : "-";
    }

    /** Of one that waits for Slurm, why. */
    private static String time(Status status) {
        if (status.state() == RunState.QUEUED && status.slurmJob() != null && status.note() != null) {
            return status.note();
        }
        return status.state() == RunState.RUNNING
                ? status.timeLeft().map(RunText::duration).orElse("-")
                : RunText.duration(Duration.between(status.updated(), Instant.now())) + " ago";
    }

    @Command(name = "show", description = "Show a run: state, folder, newest metrics.", mixinStandardHelpOptions = true)
    void show(@Parameters(paramLabel = "ID") String id) throws IOException {
        TrainingJob job = find(id);
        Status status = job.status();
        out().println(RunText.line(job.id(), status));
        out().println("folder   " + job.directory().path());
        out().println("device   " + (status.device() == null ? "-" : status.device()));
        if (status.stepMode() != null) {
            out().println("steps    " + RunText.steps(status));
        }
        if (status.slurmJob() != null) {
            out().println("slurm    job " + status.slurmJob() + (status.host() == null ? "" : " on " + status.host()));
        }
        out().println("created  " + status.created());
        out().println("updated  " + status.updated());
        List<Map<String, Double>> metrics = job.directory().metrics();
        if (!metrics.isEmpty()) {
            metrics.get(metrics.size() - 1).forEach((key, value) -> out().printf("%-24s %.6g%n", key, value));
        }
        if (status.state() == RunState.FAILED) {
            out().println("the end of log.txt:");
            job.directory().logTail(5).forEach(line -> out().println("  " + line));
        }
    }

    @Command(name = "logs", description = "Print a run's log.", mixinStandardHelpOptions = true)
    void logs(
            @Option(
                            names = {"-f", "--follow"},
                            description = "go on with what is added, until the run ends")
                    boolean follow,
            @Parameters(paramLabel = "ID") String id)
            throws IOException, InterruptedException {
        TrainingJob job = find(id);
        long printed = print(job, 0);
        while (follow && job.status().state().isOpen()) {
            Thread.sleep(POLL_MILLIS);
            printed = print(job, printed);
        }
        print(job, printed);
    }

    private long print(TrainingJob job, long from) throws IOException {
        Path file = job.directory().path().resolve("log.txt");
        TextFile.requireRegular(file, "move it away");
        byte[] all = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        int begin = from > all.length ? 0 : (int) from; // somebody has emptied it
        out().print(new String(all, begin, all.length - begin, StandardCharsets.UTF_8));
        out().flush();
        return all.length;
    }

    @Command(name = "cancel", description = "Let a run write a checkpoint and stop.", mixinStandardHelpOptions = true)
    void cancel(@Parameters(paramLabel = "ID") String id) throws IOException, InterruptedException {
        TrainingJob job = find(id);
        job.cancel();
        out().println(RunText.line(job.id(), job.await(Duration.ofMinutes(2))));
    }

    @Command(
            name = "resume",
            description = "Go on with a run in the background, from its newest checkpoint.",
            mixinStandardHelpOptions = true)
    void resume(@Parameters(paramLabel = "ID") String id) throws IOException {
        TrainingJob job = find(id);
        job.resume();
        out().println(job.id());
    }

    private TrainingJob find(String id) throws IOException {
        return TrainingJob.find(id, runs());
    }

    private Path runs() {
        return saveDir == null ? Runs.folder() : saveDir.toAbsolutePath().normalize();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
