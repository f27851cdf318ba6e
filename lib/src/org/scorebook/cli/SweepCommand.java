package org.scorebook.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scorebook.base.Invocation;
import org.scorebook.base.Require;
import org.scorebook.folder.RunState;
import org.scorebook.folder.Runs;
import org.scorebook.folder.Status;
import org.scorebook.machine.Devices;
import org.scorebook.machine.StopSignal;
import org.scorebook.slurm.SlurmOptions;
import org.scorebook.sweep.Sweep;
import org.scorebook.sweep.SweepArray;
import org.scorebook.sweep.SweepFigure;
import org.scorebook.sweep.SweepFolder;
import org.scorebook.sweep.SweepResult;
import org.scorebook.sweep.SweepRunner;
import org.scorebook.terminal.OutputFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scorebook sweep}. */
@Command(
        name = "sweep",
        description = {
            "Train each combination of the values of some settings, with some seeds each, and compare them. The other settings are"
                    + " those of a preset or of a file, changed by options, as in train.",
            "Ctrl-C lets the run at work write a checkpoint and stop; the same command goes on: what has ended is kept. A run that"
                    + " fails is one row of the table, and not the end."
        },
        customSynopsis = {
            "${ROOT-COMMAND-NAME} sweep [--preset NAME | --config FILE] --grid KEY=VALUE,VALUE,... [OPTIONS]",
            "  or: ${ROOT-COMMAND-NAME} sweep --resume ID [OPTIONS]",
            "  or: ${ROOT-COMMAND-NAME} sweep show ID"
        },
        optionListHeading = "%nCommand:%n",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        modelTransformer = SettingOptions.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} sweep --preset fashion-mnist-quick --grid lr=1e-4,3e-4 --grid schedule=linear,cosine --seeds 3",
            "  ${ROOT-COMMAND-NAME} sweep --preset emoji-cpu --grid \"multipliers=1,2;1,2,2\" --figure fid --number 1000",
            "  ${ROOT-COMMAND-NAME} sweep --preset cifar-10-ddpm --grid lr=1e-4,2e-4 --seeds 3 --launcher slurm --gpus 1 --max-parallel 4",
            "  ${ROOT-COMMAND-NAME} sweep show latest",
            "",
            "The folder runs/SWEEP-ID has a run for each, and table.csv, results.json and plot.png.",
            "Exit code: 0 all trained; 1 some have failed or are not done; 2 wrong command line; 143 SIGTERM; 130 Ctrl-C."
        })
final class SweepCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions settings;

    @Option(
            names = "--grid",
            paramLabel = "KEY=V,V,...",
            description = "values of a setting to try; may be repeated. Of a setting that is a list: KEY=1,2;1,2,2")
    private List<String> grid = new ArrayList<>();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "trainings of each combination, with seeds from --seed on (default: 1)")
    private int seeds = 1;

    @Option(
            names = "--figure",
            paramLabel = "NAME",
            completionCandidates = FigureNames.class,
            description = "what they are compared by: ${COMPLETION-CANDIDATES}; all but the losses are of drawn images"
                    + " (default: val_loss)")
    private String figure;

    @Option(
            names = {"-n", "--number", "--num-samples"},
            paramLabel = "N",
            description = "images drawn from each model, where the figure needs some (default: 2000)")
    private Integer number;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description =
                    "train N at once: on cuda:0, cuda:1 and so on, or with --device cpu on that, each with --threads of its"
                            + " cores (default: 1, on --device)")
    private int parallel = 1;

    @Mixin
    private LaunchOptions launch;

    @Option(
            names = "--max-parallel",
            paramLabel = "N",
            description =
                    "with --launcher slurm: at most N of the jobs at once (default: 0, as many as the cluster gives)")
    private int maxParallel;

    @Option(
            names = "--task",
            hidden = true,
            description = "the sweep's directory; this process is a task of its array of jobs")
    private Path task;

    @Option(names = "--resume", paramLabel = "ID", description = "go on with a sweep of this ID; latest will do")
    private String id;

    @Option(names = "--retry-failed", description = "go on with runs that have failed, too")
    private boolean retry;

    @Option(names = "--new", description = "begin anew, also where there is a sweep of the same runs to go on with")
    private boolean anew;

    @Option(names = "--show", description = "list the runs and stop")
    private boolean show;

    @Option(
            names = "--save-dir",
            paramLabel = "DIR",
            description = "folder of the runs (default: what SCOREBOOK_RUNS names, else ./runs)")
    private Path saveDir;

    @Spec
    private CommandSpec spec;

    /** What completes a figure's name. */
    static final class FigureNames extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        FigureNames() {
            super(SweepFigure.keys());
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (task != null) {
            return task(new SweepFolder(task));
        }
        Require.atLeast("parallel", parallel, 1);
        Optional<SlurmOptions> slurm = launch.slurm(spec.commandLine());
        if (slurm.isEmpty() && maxParallel != 0 || slurm.isPresent() && parallel != 1) {
            throw new ParameterException(
                    spec.commandLine(), "give --max-parallel with --launcher slurm, and --parallel without it");
        }
        Sweep sweep = compared(
                id == null ? asked() : SweepFolder.find(resumed(), runs()).sweep());
        sweep.check();
        if (show) {
            sweep.members().forEach(out()::println);
            return 0;
        }
        if (parallel > 1 && !SweepRunner.isOnCpu(sweep)) {
            Devices.resolve("cuda:" + (parallel - 1));
        }
        OutputFile.requireFolder("save-dir", runs());
        return slurm.isPresent() ? submit(folder(sweep), sweep, slurm.get()) : work(folder(sweep), sweep);
    }

    private int task(SweepFolder folder) throws IOException {
        String index = System.getenv().getOrDefault("SLURM_ARRAY_TASK_ID", "");
        if (!index.matches("\\d{1,6}")) {
            throw new IllegalArgumentException(
                    "SLURM_ARRAY_TASK_ID must be the number of a member of the sweep, but is " + index);
        }
        Status ended = new SweepArray(folder, folder.sweep()).runTask(Integer.parseInt(index));
        return ended.state() == RunState.FAILED ? 1 : StopSignal.exitCode();
    }

    private int submit(SweepFolder folder, Sweep sweep, SlurmOptions options) throws IOException {
        List<Integer> submitted = new SweepArray(folder, sweep).submit(options, maxParallel, retry);
        say("sweep " + folder.id() + " in " + folder.path() + ": " + submitted.size() + " of "
                + sweep.members().size() + " runs were submitted, the others are done or in the queue");
        say("see how they are with: " + Invocation.of("sweep show " + folder.id()));
        return 0;
    }

    private Sweep asked() throws IOException {
        Sweep sweep = Sweep.of(settings.config(spec.commandLine())).seeds(seeds);
        for (String varied : grid) {
            sweep = sweep.grid(varied);
        }
        return sweep;
    }

    private String resumed() {
        boolean asksMore =
                !grid.isEmpty() || anew || spec.commandLine().getParseResult().hasMatchedOption("--seeds");
        if (asksMore || !settings.changesOfRun(spec.commandLine()).isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "give --resume without settings, --grid, --seeds and --new: a sweep goes on as it was begun");
        }
        return id;
    }

    private Sweep compared(Sweep sweep) {
        Sweep by = figure == null ? sweep : sweep.figure(figure);
        return number == null ? by : by.images(number);
    }

    private SweepFolder folder(Sweep sweep) throws IOException {
        if (id != null) {
            return SweepFolder.find(id, runs());
        }
        Optional<SweepFolder> same = anew ? Optional.empty() : SweepFolder.same(sweep, runs());
        return same.isPresent() ? same.get() : SweepFolder.create(sweep, runs());
    }

    private int work(SweepFolder folder, Sweep sweep) throws IOException, InterruptedException {
        int all = sweep.members().size();
        say("sweep " + folder.id() + " in " + folder.path() + ", " + all + " runs");
        SweepRunner runner = new SweepRunner(folder, sweep)
                .parallel(parallel)
                .stopWhen(StopSignal::isRaised)
                .listen((done, sentence) -> say(done + " of " + all + ": " + sentence));
        StopSignal signal = StopSignal.listen();
        SweepResult result;
        try {
            result = (retry ? runner.retryFailed() : runner).run();
        } finally {
            signal.close();
        }
        out().print(result.table());
        if (StopSignal.isRaised()) {
            say("to go on: " + Invocation.of("sweep --resume " + folder.id())
                    + (saveDir == null ? "" : " --save-dir " + saveDir));
            return StopSignal.exitCode();
        }
        say("wrote table.csv, results.json and plot.png to " + folder.path());
        if (result.hasFailed() && !retry) {
            say("to try again what has failed: the same command with --retry-failed");
        }
        return result.isComplete() ? 0 : 1;
    }

    @Command(
            name = "show",
            description = "Print a sweep's table as it is now, and write it and the plot.",
            mixinStandardHelpOptions = true)
    void show(
            @Option(names = "--figure", paramLabel = "NAME", description = "as in sweep (default: that of the sweep)")
                    String by,
            @Option(names = "--save-dir", paramLabel = "DIR", description = "folder of the runs") Path dir,
            @Parameters(paramLabel = "ID", description = "of a sweep; latest will do") String which)
            throws IOException {
        saveDir = dir == null ? saveDir : dir;
        SweepFolder folder = SweepFolder.find(which, runs());
        out().print((by == null ? folder.result() : folder.result(by)).table());
        new SweepArray(folder, folder.sweep()).waiting().ifPresent(this::say);
        say("wrote table.csv, results.json and plot.png to " + folder.path());
    }

    private void say(String line) {
        out().println(line);
        out().flush();
    }

    private Path runs() {
        return saveDir == null ? Runs.folder() : saveDir.toAbsolutePath().normalize();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
