package org.scorebook.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.scorebook.base.Invocation;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunState;
import org.scorebook.folder.RunText;
import org.scorebook.folder.Runs;
import org.scorebook.folder.Status;
import org.scorebook.loop.TrainingLoop;
import org.scorebook.machine.StopSignal;
import org.scorebook.run.Launcher;
import org.scorebook.run.RunProcess;
import org.scorebook.run.Training;
import org.scorebook.run.TrainingJob;
import org.scorebook.terminal.OutputFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code scorebook train}. */
@Command(
        name = "train",
        description = {
            "Train a model of images. The settings are those of a preset or of a file, where neither is given the "
                    + "defaults below, changed by options.",
            "Ctrl-C, SIGTERM, SIGHUP and SIGUSR1 let it write a checkpoint and stop; resume it then."
        },
        customSynopsis = "${ROOT-COMMAND-NAME} train [--preset NAME | --config FILE | --resume ID] [OPTIONS]",
        optionListHeading = "%nCommand:%n",
        sortOptions = false,
        mixinStandardHelpOptions = true,
        modelTransformer = SettingOptions.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  ${ROOT-COMMAND-NAME} train --preset fashion-mnist-quick",
            "  ${ROOT-COMMAND-NAME} train --preset cifar-10-guided --epochs 50 --guidance-scale 5 --device cuda",
            "  ${ROOT-COMMAND-NAME} train --data folder --data-dir faces --image-size 32 --detach",
            "  ${ROOT-COMMAND-NAME} train --resume latest",
            "  ${ROOT-COMMAND-NAME} train --resume latest --epochs 10",
            "  ${ROOT-COMMAND-NAME} train --preset cifar-10-guided --launcher slurm --gpus 1 --time 8:00:00",
            "  ${ROOT-COMMAND-NAME} train --preset emoji-cpu --set lr=0.002 --set multipliers=1,2,4 --show",
            "",
            "A run that is trained longer becomes, with a constant lr, the run that it would have been with so many epochs from the"
                    + " start, on a CPU with one number of threads bit for bit; with --lr-decay cosine, whose lr depends on the"
                    + " number of epochs, it does not, and says so.",
            "Underscores in options will do too, as in --batch_size. What each preset is for: --presets.",
            "Exit code: 0 trained, or stopped by SIGUSR1; 1 failed; 2 wrong command line; 143 SIGTERM; 130 Ctrl-C;"
                    + " 129 SIGHUP."
        })
final class Train implements Callable<Integer> {
    @Mixin
    private ConfigOptions settings;

    @Option(names = "--presets", description = "list the presets and stop")
    private boolean listPresets;

    @Mixin
    private ResumeOptions resume;

    @Option(
            names = "--save-dir",
            paramLabel = "DIR",
            description = "folder of the runs (default: what SCOREBOOK_RUNS names, else ./runs)")
    private Path saveDir;

    @Option(names = "--detach", description = "train in the background: print the ID and return")
    private boolean detach;

    @ArgGroup(validate = false, exclusive = false, order = -1, heading = "%nCluster:%n")
    private LaunchOptions launch = new LaunchOptions();

    @Option(names = "--show", description = "print the settings as JSON and stop")
    private boolean show;

    @Option(names = "--save-model", description = "nothing: the model is always saved")
    private boolean saveModel;

    @Option(names = "--run-dir", hidden = true, description = "the run directory that a job was started with")
    private Path runDirectory;

    @Option(names = "--inference", hidden = true, description = "the other command")
    private boolean inference;

    @Spec
    private CommandSpec spec;

    private final Training.Factory factory;

    Train() {
        this(TrainingLoop::new);
    }

    Train(Training.Factory factory) {
        this.factory = factory;
    }

    @Override
    public Integer call() throws IOException {
        if (runDirectory != null) {
            return exitCode(RunProcess.run(RunDirectory.open(runDirectory), factory, (step, loss) -> {}));
        }
        if (inference) {
            throw new ParameterException(
                    spec.commandLine(),
                    "train does not draw samples: that is what '" + Invocation.of("sample") + "' does");
        }
        if (listPresets) {
            RunConfig.presets().forEach((name, text) -> out().printf("%-20s %s%n", name, text));
            return 0;
        }
        if (resume.isGiven(spec.commandLine())) {
            return resume();
        }
        RunConfig config = settings.config(spec.commandLine());
        if (show) {
            return show(config);
        }
        OutputFile.requireFolder("save-dir", runs());
        Optional<Launcher> launcher = launch.launcher(spec.commandLine());
        return detach || launch.isElsewhere()
                ? startJob(config, launcher.orElse(Launcher.local()))
                : train(RunDirectory.create(config, runs()));
    }

    private int show(RunConfig config) {
        out().print(config.toJson());
        return 0;
    }

    private int startJob(RunConfig config, Launcher launcher) throws IOException {
        TrainingJob job = TrainingJob.start(config, runs(), launcher);
        out().println(job.id());
        spec.commandLine().getErr().println("follow it with: " + Invocation.of("jobs logs -f " + job.id()));
        return 0;
    }

    private int resume() throws IOException {
        ResumeOptions.Resumption run = resume.find(runs(), settings, spec.commandLine());
        if (show) {
            return show(run.config());
        }
        boolean apart = detach || launch.isElsewhere();
        Optional<Launcher> launcher = launch.launcher(spec.commandLine());
        run.begin(apart, launcher).ifPresent(spec.commandLine().getErr()::println);
        if (apart) {
            out().println(run.job().id());
            return 0;
        }
        return train(run.job().directory());
    }

    private int train(RunDirectory run) throws IOException {
        out().println("run " + run.id() + " in " + run.path());
        out().flush();
        Status ended;
        try (TrainingProgress progress = TrainingProgress.of(run, out())) {
            ended = RunProcess.run(run, factory, progress);
        }
        if (ended.state() == RunState.FAILED) {
            throw new IllegalStateException(
                    ended.error() + " (more in " + run.path().resolve("log.txt") + ")");
        }
        out().println(RunText.line(run.id(), ended));
        return exitCode(ended);
    }

    private static int exitCode(Status ended) {
        return ended.state() == RunState.FAILED ? 1 : StopSignal.exitCode();
    }

    private Path runs() {
        return saveDir == null ? Runs.folder() : saveDir.toAbsolutePath().normalize();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
