package org.scorebook.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebook.Seeded;
import org.scorebook.aten.ScriptFile;
import org.scorebook.base.DamagedFile;
import org.scorebook.config.RunConfig;
import org.scorebook.data.ImageSets;
import org.scorebook.data.MissingData;
import org.scorebook.data.Splits;
import org.scorebook.evaluate.Evaluation;
import org.scorebook.evaluate.FeatureCache;
import org.scorebook.evaluate.ModelEvaluation;
import org.scorebook.folder.RunDirectory;
import org.scorebook.loop.SmallRuns;
import org.scorebook.metric.FeatureExtractor;
import org.scorebook.recipe.ClassLabels;
import org.scorebook.recipe.Drawing;
import org.scorebook.recipe.ProgressListener;
import org.scorebook.recipe.Recipe;
import org.scorebook.recipe.SamplingPlan;
import org.scorebook.recipe.ShippedModel;
import org.scorebook.recipe.TrainedModel;

/** Draws from, and measures, a very small network that was trained for a few steps on the built-in emoji. */
class SampleAndEvaluateTest {
    @TempDir
    private static Path runs;

    @TempDir
    private Path folder;

    private static RunDirectory run;

    @BeforeAll
    static void train() throws IOException {
        run = trained(Map.of("conditional", true, "run_name", "tiny"));
        trained(Map.of("conditional", false, "run_name", "plain"));
        RunDirectory.create(RunConfig.defaults().with("run_name", "empty"), runs);
    }

    private static RunDirectory trained(Map<String, ?> changes) throws IOException {
        RunConfig config = SmallRuns.field()
                .with(Map.of("base_channels", 4, "dropout", 0, "epochs", 1, "max_batches_per_epoch", 3))
                .with(Map.of("timesteps", 20, "sample_steps", 3))
                .with(changes);
        return SmallRuns.run(config, runs);
    }

    private static Result run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        if (!all.contains("--help")) {
            all.addAll(List.of("--runs_dir", runs.toString(), "--device", "cpu"));
        }
        return Result.of(Main.commandLine(), Main.dashed(all.toArray(String[]::new)));
    }

    private static Result good(String line, Object... more) {
        Result result = run(Stream.concat(
                        Arrays.stream(line.split(" ")), Arrays.stream(more).map(Object::toString))
                .toArray(String[]::new));
        assertEquals(0, result.code(), result.err());
        return result;
    }

    @Test
    void aGridIsDrawnAndSaidSo() throws IOException {
        Path file = folder.resolve("new").resolve("grid.png");
        Result result = good("sample tiny --number 7 --columns 4 --scale 1 --guidance_scale 2 --output", file);
        BufferedImage grid = ImageIO.read(file.toFile());
        assertEquals(2 * (4 * (32 + 2) + 2), grid.getWidth());
        assertEquals(2 * (2 * (32 + 2) + 2), grid.getHeight());
        assertTrue(result.out().contains("wrote " + file + ", a grid of 7 images"), result.out());
        assertTrue(result.out()
                .matches("(?s).*7 images in .* images/s; ddim, 3 steps, 6 network evaluations an image\\R"));
        for (String once : List.of("--guidance-scale 1", "--guidance-scale 0", "--guidance-scale 2 --classes none")) {
            assertTrue(good("sample tiny --number 1 " + once + " --output", file)
                    .out()
                    .contains("3 network evaluations"));
        }
    }

    @Test
    void aSeedGivesTheSameBytes() throws IOException {
        byte[] first = grid("sample tiny --number 4 --seed 5");
        assertArrayEquals(first, grid("sample tiny --number 4 --seed 5"));
        assertFalse(Arrays.equals(first, grid("sample tiny --number 4 --seed 6")));
        assertArrayEquals(first, grid("sample --model_path " + run.path() + " --num_samples 4 --seed 5 --conditional"));
        Path weights = run.latestCheckpoint().orElseThrow().resolve("ema.safetensors");
        assertArrayEquals(first, grid("sample --model-path " + weights + " --number 4 --seed 5"));
    }

    private byte[] grid(String line) throws IOException {
        Path file = folder.resolve("grid.png");
        good(line + " --output", file);
        return Files.readAllBytes(file);
    }

    @Test
    void singleFilesAreOfTheImagesOwnSize() throws IOException {
        good("sample tiny --num_samples 3 --sample_classes 0,1 --save_dir", folder);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of("00000.png", "00001.png", "00002.png", "grid.png"),
                    files.map(f -> f.getFileName().toString()).sorted().toList());
        }
        assertEquals(32, ImageIO.read(folder.resolve("00002.png").toFile()).getWidth());
    }

    /** Also with a sampler that draws noise in each step. */
    @Test
    void theBatchSizeDoesNotMatter(@Seeded(1) NDManager manager) throws IOException {
        try (TrainedModel model = TrainedModel.load(run.path(), manager)) {
            SamplingPlan plan = new SamplingPlan("ddpm", 20, 2, 3);
            int[] labels = ClassLabels.parse("0,4,none", 5, model);
            NDArray whole = model.draw(plan, manager, labels);
            List<Float> parts = new ArrayList<>();
            List<Long> done = new ArrayList<>();
            new Drawing(model, plan, 2)
                    .run(manager, labels, (name, images, total) -> done.add(images), (first, images) -> {
                        for (float value : images.toFloatArray()) {
                            parts.add(value);
                        }
                    });
            float[] expected = whole.toFloatArray();
            assertEquals(expected.length, parts.size());
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], parts.get(i), 1e-4);
            }
            assertEquals(5, done.get(done.size() - 1));
            NDArray one = whole.get("0").sub(whole.get("3"));
            assertTrue(one.abs().max().getFloat() > 0.1, "the same class, and yet other noise");
        }
    }

    @Test
    void classesAreNamesOrNumbersInTurn(@Seeded(1) NDManager manager) throws IOException {
        try (TrainedModel model = TrainedModel.load(run.path(), manager)) {
            String name = model.classNames().get(4);
            assertArrayEquals(
                    new int[] {0, 4, 9, 0, 4}, ClassLabels.parse("0," + name.toUpperCase() + ",none", 5, model));
            assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 0}, ClassLabels.parse(null, 10, model));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sample | 2 | name a run, a checkpoint or a shipped network, for instance latest or fashion-mnist",
                "sample tiny --model-path x | 2 | give a run or checkpoint once, not also as --model-path",
                "sample tinny | 2 | nor a shipped network of this name; did you mean tiny?",
                "evaluate fashion-mnst | 2 | nor a shipped network of this name; did you mean fashion-mnist?",
                "sample shipped:tiny | 2 | there is no shipped network tiny; there are: fashion-mnist, emoji, ebm-fashion-mnist",
                "sample --model-path fashion-mnist | 2 | there is no fashion-mnist: name a run",
                "sample no/such/run | 2 | there is no no/such/run: name a run",
                "sample empty | 1 | has no checkpoint",
                "sample tiny --classes 9 | 2 | class must be from 0 to 8, but is 9",
                "sample tiny --classes dragon | 2 | there is no class \"dragon\"",
                "sample plain --classes 1 | 2 | the network was trained without classes",
                "sample plain --guidance-scale 3 | 2 | guidance-scale must be left out or 0",
                "sample tiny --guidance-scale -1 | 2 | guidance-scale must be 0 or more and finite, but is -1.0",
                "sample tiny --guidance-scale 0 --classes 1 | 2 | classes must be left out or none where guidance-scale is 0, which"
                        + " ignores them; 1 is the plain prediction for the class",
                "sample tiny --sampler euler | 2 | sampler must be one of ddpm, ddim, heun, dpm-solver, langevin, but is euler",
                "sample tiny --sampler langevin | 2 | sampler must be ddpm, ddim, heun or dpm-solver",
                "sample tiny --steps 21 | 2 | steps must be at most the 20 time steps",
                "sample tiny --number 0 | 2 | number must be at least 1, but is 0",
                "sample tiny --number 2000 | 2 | number must be at most 1024 without --output-dir, but is 2000",
                "sample tiny --output x.gif | 2 | output must be a file name that ends in .png, but is x.gif",
                "sample tiny --number 64 --scale 1000 | 2 | scale must be at most 19 for a grid of 64 images of 32 x 32, but is 1000",
                "sample tiny --number 1 --scale 20000 | 2 | scale must be at most 156 for a grid of one image of 32 x 32",
                "sample tiny --scale 0 | 2 | scale must be at least 1, but is 0",
                "sample tiny --output /proc/none/a.png | 2 | output must be where files can be written, but none can be made in /proc/none",
                "sample tiny --output-dir /proc/none | 2 | output-dir must be where files can be written, but none can be made in /proc/none",
                "evaluate tiny --json /proc/none/a.json | 2 | json must be where files can be written, but none can be made in /proc/none",
                "evaluate tiny --json / | 2 | json must be a file, but / is a folder",
                "sample tiny --batch-size 0 | 2 | batch-size must be at least 1, but is 0",
                "evaluate tiny --batch-size 0 | 2 | batch-size must be at least 1, but is 0",
                "evaluate tiny --split tests | 2 | split must be one of test, validation, train, but is tests",
                "evaluate tiny --number 3 | 2 | number must be at least 4, but is 3",
                "evaluate tiny --features no.pt | 2 | no.pt",
                "evaluate empty | 1 | has no checkpoint",
            })
    void whatIsWrongIsSaidInALine(String line, int code, String message) {
        Result result = run(line.split(" "));
        assertEquals(code, result.code(), result.err());
        assertTrue(result.err().contains(message), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
    }

    @Test
    void helpSaysWhatGuidanceMeans() {
        String help = good("sample --help").out().replaceAll("\\s+", " ");
        assertTrue(help.contains("0 ignores the class, 1 is the plain prediction for the class"), help);
        assertTrue(good("evaluate --help").out().contains("--features-input"));
    }

    /** Which it is not, but its configuration says so. */
    @Test
    void aNetworkThatAlwaysHadItsClassIsNotGuided() throws IOException {
        try (Stream<Path> files = Files.list(run.latestCheckpoint().orElseThrow())) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Files.delete(folder.resolve("SHA256SUMS"));
        Path config = folder.resolve("config.json");
        Files.writeString(config, RunConfig.read(config).with("p_uncond", 0).toJson());
        whatIsWrongIsSaidInALine(
                "sample --guidance-scale 2 --model-path " + folder, 2, "guidance-scale must be 1 where p_uncond is 0");
        good("sample --number 1 --guidance-scale 1 --model-path " + folder + " --output " + folder.resolve("one.png"));
    }

    private Path copiedCheckpoint(String name) throws IOException {
        Path copy = Files.createDirectories(folder.resolve("checkpoints").resolve(name));
        try (Stream<Path> files = Files.list(run.latestCheckpoint().orElseThrow())) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    /** As in resuming: one of the two has been changed, and nobody knows which. */
    @Test
    void aCheckpointOfAnotherStepThanItsFolderIsRefused() throws IOException {
        Path copy = copiedCheckpoint("step-00000002");
        Files.delete(copy.resolve("SHA256SUMS"));
        for (String path : List.of(folder.toString(), copy.toString(), copy + "/ema.safetensors", copy + "/.")) {
            whatIsWrongIsSaidInALine(
                    "sample --model-path " + path,
                    1,
                    "state.json is damaged: it is of step 3, and the checkpoint of 2; delete the folder");
        }
    }

    /** As in resuming, with a word on standard error; a program is told instead. */
    @Test
    void ofARunTheNewestCheckpointThatIsWholeIsTaken(@Seeded(1) NDManager manager) throws IOException {
        Path older = copiedCheckpoint("step-00000002");
        Path newest = copiedCheckpoint("step-00000003");
        Files.delete(older.resolve("SHA256SUMS"));
        Path state = older.resolve("state.json");
        Files.writeString(state, Files.readString(state).replaceFirst("(\"step\": ?)3", "$12"));
        Path weights = newest.resolve("ema.safetensors");
        Files.writeString(weights, "cut");
        Result drawn = good("sample --number 1 --output", folder.resolve("one.png"), "--model-path", folder);
        assertTrue(drawn.out().contains("trained for 2 steps"), drawn.out());
        assertTrue(drawn.err().startsWith(weights + " is damaged: "), drawn.err());
        assertTrue(drawn.err().stripTrailing().endsWith(" Taken instead: " + older), drawn.err());
        assertEquals(1, drawn.err().lines().count(), drawn.err());
        String message = assertThrows(DamagedFile.class, () -> TrainedModel.load(folder, manager))
                .getMessage();
        assertTrue(message.startsWith(weights + " is damaged: "), message);
        assertTrue(message.endsWith("delete the folder to use an older one. Whole is " + older), message);
        whatIsWrongIsSaidInALine("sample --model-path " + newest, 1, weights + " is damaged: ");
        Files.writeString(older.resolve("ema.safetensors"), "");
        whatIsWrongIsSaidInALine("sample --model-path " + folder, 1, weights + " is damaged: ");
    }

    @Test
    void onlyANetworkOfAFieldWithClassesIsGuided() {
        RunConfig guided = RunConfig.defaults().with("conditional", true);
        assertEquals(3, SamplingPlan.of(guided).guidanceScale());
        assertEquals(0, SamplingPlan.of(guided.with("conditional", false)).guidanceScale());
        assertEquals(0, SamplingPlan.of(RunConfig.preset("ebm-jem")).guidanceScale());
    }

    /** The classifier is trained in the first evaluation only; the same seed gives the same numbers. */
    @Test
    void anEvaluationIsPrintedAndWritten() throws IOException {
        String line =
                "evaluate tiny --number 10 --reference-number 20 --classifier-epochs 1 --classifier-dir " + folder;
        Path file = folder.resolve("result.json");
        Result first = good(line + " --json", file);
        assertTrue(
                first.out().contains("the classifier of emoji is trained once and kept in " + folder + ": not yet"),
                first.out());
        assertTrue(
                first.out()
                        .contains("6 parts: training the classifier of emoji, features of emoji/test, features of"
                                + " emoji/train, drawing, nearest training images, figures"),
                first.out());
        assertTrue(
                first.out()
                        .matches(
                                "(?s).*part 1 of 6, training the classifier of emoji: 12 of 12, about \\d+ (s|min) left in all\\R.*"),
                first.out());
        assertTrue(first.out().contains("part 6 of 6, figures: 2 of 2"), first.out());
        assertTrue(
                first.out().matches("(?s).*nearest train +0[.]\\d+ .*memorisation +AUROC \\d[.]\\d+, p = .*"),
                first.out());
        assertTrue(first.out().matches("(?s).*compared with +emoji/test, N = 20\\R.*FID +[0-9.e-]+\\R.*"), first.out());
        assertTrue(first.out().contains("10 images are few for 128 features"), first.out());
        assertTrue(first.out().contains(", guidance 3.0, seed 0"), first.out());
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        assertEquals(
                List.of(10, 20, 10),
                Stream.of("number", "reference_number", "floor_number")
                        .map(key -> json.get(key).getAsInt())
                        .toList());
        assertTrue(json.get("fid").getAsDouble() > json.get("fid_floor").getAsDouble(), json.toString());
        for (String share : List.of("memorisation_p", "memorisation_auroc", "nearest_train_ratio")) {
            assertTrue(json.get(share).getAsDouble() > 0 && json.get(share).getAsDouble() <= 1, json.toString());
        }
        assertEquals(run.lossHistory().test().get(0), json.get("test_loss").getAsDouble(), 1e-6);
        assertEquals(run.lossHistory().validation().get(0), json.get("val_loss").getAsDouble(), 1e-6);
        assertEquals(Files.readString(file), Files.readString(run.path().resolve("evaluation.json")));
        Result second = good(line + " --json", file);
        assertFalse(second.out().contains("training the"), second.out());
        assertTrue(second.out().contains("kept in " + folder + ": it is there"), second.out());
        assertTrue(
                second.out().matches("(?s).*nearest training images, figures; about \\d+ (s|min) in all\\R.*"),
                second.out());
        assertTrue(second.out().contains("part 1 of 5, features of emoji/test: 20 of 20"), second.out());
        assertEquals(json, JsonParser.parseString(Files.readString(file)));
        assertTrue(second.out().startsWith("of run " + run.id() + ", trained for 3 steps"), second.out());
        assertTrue(second.out().contains("wrote " + run.path().resolve("evaluation.json")), second.out());
    }

    @Test
    void theShippedNetworksAreKnownByName() throws IOException {
        Path file = folder.resolve("grid.png");
        Result drawn = good("sample fashion-mnist --classes bag --number 3 --steps 2 --output", file);
        assertTrue(
                drawn.out().startsWith("from the shipped network fashion-mnist, trained for 4719 steps"), drawn.out());
        assertEquals(2 * (2 * (2 * 28 + 2) + 2), ImageIO.read(file.toFile()).getWidth());
        Result colour = good("sample emoji --classes Flags --number 1 --steps 2 --output", file);
        assertTrue(colour.out().startsWith("from the shipped network emoji, trained for"), colour.out());
        assertEquals(3, ImageIO.read(file.toFile()).getRaster().getNumBands());
        Result energy = good("sample ebm-fashion-mnist --number 1 --steps 2 --output", file);
        assertTrue(energy.out().contains("langevin, 2 steps"), energy.out());
        String list = run("models", "--help").out() + models();
        for (String name : ShippedModel.names()) {
            assertTrue(list.contains(name) && good("sample --help").out().contains(name), list);
        }
        assertTrue(
                list.matches("(?s).*ebm-fashion-mnist +energy +fashion-mnist +1 x 28 x 28 +130305 +1600 +0.3 MB\\R"));
    }

    private static String models() {
        Result result = Result.of(Main.commandLine(), "models");
        assertEquals(0, result.code());
        return result.out();
    }

    /** By the features of a network in a file, for a classifier of clothes takes minutes. */
    @Test
    void aShippedNetworkIsEvaluatedAndWrittenWhereOneAsks() throws IOException {
        try {
            ImageSets.load("fashion-mnist");
        } catch (MissingData e) {
            Assumptions.abort(e.getMessage());
        }
        Path features = ScriptFile.write(folder, "Rows", """
                def forward(self, x: Tensor, return_features: bool) -> Tensor:
                  return torch.mean(x.float(), [2, 3])
                """);
        Path file = folder.resolve("shipped.json");
        Result result = good(
                "evaluate fashion-mnist --number 8 --reference-number 8 --steps 2 --features " + features + " --json",
                file);
        assertTrue(result.out().startsWith("of the shipped network fashion-mnist, trained for 4719 steps"));
        assertTrue(result.out().contains("compared with    fashion-mnist/test, N = 8"), result.out());
        assertTrue(result.out().endsWith("wrote " + file + System.lineSeparator()), result.out());
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        assertEquals(4719, json.get("step").getAsInt());
    }

    @Test
    void anEvaluationOfACheckpointIsWrittenToNoFile() throws IOException {
        Path features = ScriptFile.write(folder, "Rows", """
                def forward(self, x: Tensor) -> Tensor:
                  assert x.shape[2] == 299
                  return torch.mean(x, [1, 3])
                """);
        Result result = good("evaluate --number 8 --reference-number 8 --features-input torchvision --features "
                + features + " --model-path " + run.latestCheckpoint().orElseThrow());
        assertTrue(result.out().endsWith("written to no file: --json FILE does that" + System.lineSeparator()));
    }

    /** What a notebook does; a damaged file in the cache is replaced. */
    @Test
    void imagesAreComparedInAFewLines(@Seeded(1) NDManager manager) throws IOException {
        Splits splits = Recipe.data(run.config());
        List<String> news = new ArrayList<>();
        ProgressListener work = (name, done, total) -> news.add(name);
        FeatureCache cache = new FeatureCache(folder);
        FeatureExtractor extractor = cache.features(splits, "emoji", 1, manager, work);
        Evaluation evaluation = new Evaluation(extractor, splits.test(), "emoji/test", 150, manager);
        NDArray same =
                splits.test().first(150).images(manager, IntStream.range(0, 150).toArray());
        assertEquals(0, evaluation.fid(same).value(), 1e-6);
        assertEquals(1, evaluation.precisionRecall(same).precision());
        double real = evaluation.fid(splits.train().first(150)).value();
        assertTrue(real > 0 && real < evaluation.fid(same.neg()).value(), "floor " + real);
        int trained = news.size();
        float[] features = extractor.features(same).toFloatArray();
        FeatureExtractor again = cache.features(splits, "emoji", 1, manager, work);
        assertArrayEquals(features, again.features(same).toFloatArray());
        assertEquals(trained, news.size());
        Path file = folder.resolve(extractor.name().replace("classifier ", "") + ".safetensors");
        Files.writeString(file, "damaged");
        cache.features(splits, "emoji", 1, manager, work);
        assertEquals(2 * trained, news.size());
        assertTrue(Files.size(file) > 900_000);
        SamplingPlan plan = new SamplingPlan("ddim", 10, 0, 1);
        assertThrows(IllegalArgumentException.class, () -> new ModelEvaluation(plan, 10, 1, "tests", 10));
    }
}
