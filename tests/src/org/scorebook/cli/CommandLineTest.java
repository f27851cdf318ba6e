package org.scorebook.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebook.base.Invocation;
import org.scorebook.config.RunConfig;
import org.scorebook.config.RunSetting;
import org.scorebook.folder.LossHistory;
import org.scorebook.folder.Progressed;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunState;
import org.scorebook.run.Training;
import org.scorebook.train.TrainingListener;
import picocli.CommandLine;

class CommandLineTest {
    @TempDir
    private Path runs;

    private Result run(String... args) {
        return Result.of(Main.commandLine(), Main.dashed(args));
    }

    @Test
    void helpListsEveryOption() {
        String help = run("train", "--help").out();
        for (RunSetting setting : RunConfig.settings()) {
            String option =
                    (setting.isFlag() ? "--[no-]" : "--") + setting.key().replace('_', '-');
            assertTrue(help.contains(option) && help.contains(setting.help().split(" ")[0]), option);
        }
        for (String option :
                List.of("--preset", "--config", "--set", "--save-dir", "--detach", "--resume", "--extend")) {
            assertTrue(help.contains(option), option);
        }
        assertTrue(help.contains("default 64") && help.contains("Examples:"), help);
        assertFalse(help.contains("--run-dir"), "internal");
        for (List<String> command : List.of(
                List.of("--help"),
                List.of("jobs", "--help"),
                List.of("jobs", "logs", "--help"),
                List.of("sweep", "show", "--help"),
                List.of("completion", "--help"),
                List.of("models", "--help"),
                List.of("course", "--help"),
                List.of("info", "--help"))) {
            Result result = run(command.toArray(String[]::new));
            assertEquals(0, result.code());
            assertTrue(result.out().contains("Usage: " + Invocation.name()), result.out());
        }
        assertTrue(run("train", "--presets").out().contains("cifar-10-guided"));
    }

    @Test
    void theSeedsCommandLineIsUnderstood() {
        String json =
                run("train --show --conditional --epochs 30 --batch_size=64 --lr 0.003 --p_uncond 0.2 --save_model"
                                .split(" "))
                        .out();
        RunConfig config = RunConfig.fromJson(json);
        assertTrue(config.conditional());
        assertEquals(
                List.of(30, 64, 0.003, 0.2),
                List.of(config.epochs(), config.batchSize(), config.lr(), config.pUncond()));
        List<String> all = new ArrayList<>(List.of("train", "--show", "--preset", "cifar-10-guided"));
        all.addAll(List.of(("--no-conditional --timesteps 50 --schedule sigmoid --guidance_scale 5 --run_name DDPM "
                        + "--save_dir outputs --log_interval 7 --no_cuda --max-batches-per-epoch 3 --seed 9 --data mnist "
                        + "--data-dir d --model simple-unet --set multipliers=1,2 --set flip=false")
                .split(" ")));
        RunConfig other = RunConfig.fromJson(run(all.toArray(String[]::new)).out());
        RunConfig expected = RunConfig.preset("cifar-10-guided")
                .with(Map.of("conditional", false, "timesteps", 50, "schedule", "sigmoid", "guidance_scale", 5))
                .with(Map.of("run_name", "DDPM", "log_interval", 7, "device", "cpu", "max_batches_per_epoch", 3))
                .with(Map.of("seed", 9, "data", "mnist", "data_dir", "d", "model", "simple-unet"))
                .with(Map.of("multipliers", List.of(1, 2), "flip", false));
        assertEquals(expected, other);
    }

    @Test
    void aFileIsTakenForConfiguration() throws Exception {
        Path file = runs.resolve("mine.json");
        Files.writeString(file, "{\"extends\": \"emoji-cpu\", \"lr\": 0.5}");
        RunConfig config = RunConfig.fromJson(
                run("train", "--show", "--config", file.toString()).out());
        assertEquals(RunConfig.preset("emoji-cpu").with("lr", 0.5), config);
    }

    @Test
    void aConfigurationThatIsNoTextIsRefusedByName() throws Exception {
        Path file = runs.resolve("latin.json");
        Files.write(file, new byte[] {'{', '"', (byte) 0xE9, '"', ':', '1', '}'});
        Result result = run("train", "--show", "--config", file.toString());
        assertEquals(2, result.code());
        assertTrue(result.err().contains(file + ": a configuration must be text in UTF-8"), result.err());
        Result folder = run("train", "--show", "--config", runs.toString());
        assertEquals(2, folder.code());
        assertEquals(
                "scorebook: a configuration must be a file, but " + runs + " is a folder",
                folder.err().strip());
    }

    /** A message, an example and a usage line alike. */
    @Test
    void commandsAreNamedAsTheyAreCalled() {
        for (String command : List.of("train", "sweep", "sample", "evaluate", "models", "jobs", "completion")) {
            String help = run(command, "--help").out();
            assertTrue(
                    help.contains("  " + Invocation.name() + " ") || help.contains("(" + Invocation.name() + " "),
                    help);
            assertFalse(help.matches("(?s).*(^|\\s)scorebook [a-z].*"), help);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train --epochs | Missing required parameter for option '--epochs'",
                "train --epochs x | epochs must be a whole number, but is x",
                "train --set epoch=3 | unknown setting epoch; did you mean epochs?",
                "train --preset cifar | unknown preset cifar",
                "train --preset afhq --config x | give one of --preset and --config, not both",
                "train --config /no/such/file | there is no configuration file /no/such/file",
                "train --inference | scorebook sample' does",
                "train --threads 100000 | threads must be at most 1024, but is 100000",
                "train --threads -1 | threads must be at least 0, but is -1",
                "train --epoch 3 | Possible solutions: --epochs",
                "jobs shw | Did you mean: jobs show?",
                "sweep --grid lrr=1 | unknown setting lrr; did you mean lr?",
                "sweep --preset afhq | a sweep must vary something",
                "sweep --grid lr | grid must be KEY=VALUE,VALUE,..., such as lr=1e-4,3e-4, but is lr",
                "sweep --seeds 0 | seeds must be at least 1, but is 0",
                "sweep --figure fad | there is no figure \"fad\"; did you mean \"fid\"?",
                "sweep --resume x --grid lr=1 | a sweep goes on as it was begun",
                "sweep --max-parallel 2 | give --max-parallel with --launcher slurm",
                "sweep --task /tmp | SLURM_ARRAY_TASK_ID must be the number of a member",
                "sweep --grid groups=3,8 | groups=3: groups must divide base_channels, but they are 3 and 32",
            })
    void wrongCommandLinesAreExplained(String line, String message) {
        Result result = run(line.split(" "));
        assertEquals(2, result.code());
        assertTrue(result.err().contains(message), result.err());
        assertFalse(result.err().contains("\tat "), result.err());
        assertTrue(result.err().lines().count() <= 4, "a sentence, not the help text: " + result.err());
    }

    private Result train(Training.Factory factory, String... options) {
        CommandLine line = new CommandLine(new Train(factory));
        line.setExecutionExceptionHandler((e, failed, parsed) -> {
            failed.getErr().println(e.getMessage());
            return 1;
        });
        return Result.of(line, options);
    }

    private String[] options(String... more) {
        List<String> options = new ArrayList<>(List.of("--save-dir", runs.toString(), "--device", "cpu"));
        options.addAll(List.of(more));
        return options.toArray(String[]::new);
    }

    @Test
    void trainingInTheForegroundWritesItsFolder() throws Exception {
        Result result = train(
                (config, directory, listener) -> () -> {
                    for (int step = 1; step <= config.epochs(); step++) {
                        directory.progress(new Progressed(step, config.epochs(), 0, 0));
                        listener.step(step, 0.5);
                    }
                    directory.update(status -> status.stepping("a layer asks for numbers"));
                    return true;
                },
                options("--epochs", "4", "--log-interval", "2", "--run-name", "mine"));
        assertEquals(0, result.code(), result.err());
        assertTrue(result.out().contains("step 2 of 4, loss 0.5"), result.out());
        assertTrue(result.out().matches("(?s)run mine-\\d+-\\d+ in .*mine-\\d+-\\d+: succeeded, step 4 of 4\\R"));
        Result list = run("jobs", "list", "--save-dir", runs.toString());
        assertTrue(list.out().matches("(?s)ID .*mine-\\d+-\\d+ +succeeded +4/4 .*"), list.out());
        Result show = run("jobs", "show", "mine", "--save-dir", runs.toString());
        assertTrue(show.out().contains("device   cpu"), show.out());
        String steps = "steps    each step is computed operation by operation: a layer asks for numbers";
        assertTrue(show.out().contains(steps), show.out());
        Result logs = run("jobs", "--save-dir", runs.toString(), "logs", "-f", "latest");
        assertTrue(logs.out().contains("step 4: loss 0.50000"), logs.out());
        Result resume = run("jobs", "resume", "latest", "--save-dir", runs.toString());
        assertEquals(1, resume.code());
        assertTrue(
                resume.err().contains("has succeeded: there is nothing to resume; to train it longer:"), resume.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--sample-steps 2000 --sampler ddpm | sample_steps must be at most the 1000 timesteps",
                "--sampler langevin | sampler must be ddpm, ddim, heun or dpm-solver for ",
                "--sampler langevin --sample-interval 0 | sampler must be ddpm, ddim, heun or dpm-solver for ",
                "--objective levels --sampler ddim | sampler must be langevin for a network that was trained on noise levels",
                "--objective levels --set sampler=ddim | sampler must be langevin for a network that was trained on noise",
                "--conditional --p-uncond 0 | guidance_scale must be 1 where p_uncond is 0",
                "--conditional --p-uncond 1 | guidance_scale must be 0 where p_uncond is 1",
                "--data folder --data-dir d --image-size 30 --set multipliers=1,2,4 | the nearest that will do are 28 and 32",
            })
    void whatCannotBeTrainedIsRefusedBeforeThereIsARun(String line, String message) throws Exception {
        Result result = train(CommandLineTest::counting, options(line.split(" ")));
        assertEquals(1, result.code(), result.out());
        assertTrue(result.err().contains(message), result.err());
        try (Stream<Path> folders = Files.list(runs)) {
            assertEquals(List.of(), folders.toList());
        }
    }

    /** As many steps as epochs. */
    private static Training counting(RunConfig config, RunDirectory directory, TrainingListener listener) {
        return () -> {
            for (int step = 1; step <= config.epochs(); step++) {
                directory.progress(new Progressed(step, config.epochs(), step, 0));
                listener.step(step, 0.5);
            }
            directory.writeLossHistory(LossHistory.EMPTY.plus(1, 1, 1).plus(1, 1, 1));
            return true;
        };
    }

    @Test
    void aRunIsTrainedLonger() throws Exception {
        String dir = "--save-dir=" + runs;
        assertEquals(
                0,
                train(CommandLineTest::counting, options("--epochs", "2", "--seed", "4"))
                        .code());
        Result longer = train(CommandLineTest::counting, "--resume", "latest", dir, "--epochs", "3", "--seed", "4");
        assertEquals(0, longer.code(), longer.err());
        assertTrue(longer.out().contains("succeeded, step 3 of 3"), longer.out());
        assertEquals("", longer.err());
        Result more = train(CommandLineTest::counting, "--resume", "run", dir, "--extend", "4");
        assertTrue(more.out().contains("succeeded, step 7 of 7"), more.out() + more.err());
        RunDirectory run = RunDirectory.open(runs.resolve(more.out().split(" ")[1]));
        assertEquals(7, run.config().epochs());
        assertEquals(4, run.config().seed());
        String json =
                run("train", "--resume", "run", dir, "--epochs", "9", "--show").out();
        assertEquals(run.config().with("epochs", 9), RunConfig.fromJson(json));
        assertEquals(7, run.config().epochs(), "shown, not changed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--resume run --epochs 2 | epochs must be more than the 2 that run run-",
                "--resume run --epochs x | epochs must be a whole number, but is x",
                "--resume run --extend 0 | extend must be at least 1, but is 0",
                "--resume run --extend 2147483647 | epochs must be ",
                "--resume run --extend 1 --epochs 5 | give one of --epochs, all epochs, and --extend, those added, not both",
                "--extend 1 | --extend adds epochs to a run: name it with --resume ID",
                "--resume run --epochs 5 --lr 0.5 | --lr cannot change in a run that goes on, only --epochs can: it is 0.001 in run run-",
                "--resume run --batch_size 8 | --batch-size cannot change",
                "--resume run --set flip=true | --flip cannot change",
                "--resume run --no-cuda --device auto | --device cannot change",
                "--resume run --preset emoji-cpu | give --resume or --preset, not both: a run goes on with its own settings",
                "--resume run --config x.json | give --resume or --config, not both",
                "--resume rum | there is no run rum in",
            })
    void whatCannotChangeInARunIsRefused(String line, String message) throws Exception {
        RunConfig config = RunConfig.defaults().with("device", line.contains("cuda") ? "cuda" : "cpu");
        RunDirectory run = RunDirectory.create(config, runs);
        run.writeLossHistory(LossHistory.EMPTY.plus(1, 1, 1).plus(1, 1, 1));
        List<String> all = new ArrayList<>(List.of("train", "--save-dir", runs.toString()));
        all.addAll(List.of(line.split(" ")));
        endedLongAgo(run);
        Result result = run(all.toArray(String[]::new));
        assertEquals(2, result.code(), result.err());
        assertTrue(result.err().contains(message), result.err());
        assertEquals(config, run.config());
        assertEquals(RunState.FAILED, run.status().state());
    }

    /** As if its process had been killed before it began. */
    private static void endedLongAgo(RunDirectory run) throws Exception {
        Path file = run.path().resolve("status.json");
        Files.writeString(file, Files.readString(file).replaceAll("(\"updated\": \")\\d{4}", "$12020"));
        assertEquals(RunState.FAILED, run.status().state());
    }

    @Test
    void failuresAreOneSentenceAndCanBeResumed() throws Exception {
        Result failed = train(
                (config, directory, listener) -> () -> {
                    throw new IllegalStateException("the folder is empty");
                },
                options());
        assertEquals(1, failed.code());
        assertTrue(failed.err().matches("the folder is empty \\(more in .*log.txt\\)\\R"), failed.err());
        Result again = train((config, directory, listener) -> () -> true, options("--resume", "latest"));
        assertEquals(0, again.code(), again.err());
        RunDirectory only = RunDirectory.open(runs.resolve(again.out().split(" ")[1]));
        assertEquals(RunState.SUCCEEDED, only.status().state());
    }

    @Test
    void noRunsIsNoError() {
        assertEquals(
                "no runs in " + runs + System.lineSeparator(),
                run("jobs", "list", "--save-dir", runs.toString()).out());
        assertEquals(2, run("jobs", "show", "x", "--save-dir", runs.toString()).code());
    }

    @Test
    void bashAcceptsTheCompletionScript() throws Exception {
        Path script = runs.resolve("completion.sh");
        Files.writeString(script, run("completion").out());
        Process bash =
                new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();
        assertEquals(0, bash.waitFor());
        assertTrue(Files.readString(script).contains("--guidance-scale"));
        for (String command : List.of("sample", "evaluate")) {
            assertTrue(completed(script, command, "ebm").contains("ebm-fashion-mnist"), command);
            assertTrue(completed(script, command, "--sampler", "dp").endsWith("dpm-solver"), command);
        }
        assertEquals("models", completed(script, "mod"));
    }

    /** What bash offers for the last word. */
    private static String completed(Path script, String... words) throws Exception {
        // compopt is for a shell in the middle of a completion only, and says so
        String ask = "compopt() { :; }; source " + script + "; COMP_WORDS=(scorebook " + String.join(" ", words)
                + "); COMP_CWORD="
                + words.length
                + "; COMP_LINE=\"${COMP_WORDS[*]}\"; COMP_POINT=${#COMP_LINE}; _complete_scorebook; echo ${COMPREPLY[*]}";
        Process bash = new ProcessBuilder("bash", "-c", ask)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
