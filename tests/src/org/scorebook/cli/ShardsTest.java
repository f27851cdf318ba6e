package org.scorebook.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebook.aten.Child;
import org.scorebook.loop.SmallRuns;

/** Images and figures of a model, from shares of as many processes: always those of one process alone. */
class ShardsTest {
    /** Six batches, the last one of three images. */
    private static final List<String> DRAWN = List.of("--number", "23", "--batch-size", "4", "--seed", "3");

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Map<String, byte[]> whole;
    private static String figures;

    @BeforeAll
    static void train() throws IOException {
        SmallRuns.run(
                SmallRuns.field()
                        .with(Map.of("base_channels", 4, "epochs", 1, "max_batches_per_epoch", 3, "run_name", "field"))
                        .with(Map.of("timesteps", 20, "sample_steps", 20, "sampler", "ddpm", "groups", 4)),
                shared);
        SmallRuns.run(SmallRuns.energy().with(Map.of("epochs", 1, "run_name", "energy", "sample_steps", 5)), shared);
        sample("field", shared.resolve("whole"));
        whole = pictures(shared.resolve("whole"));
        figures = figures("field", List.of());
    }

    private static Result run(List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--runs-dir", shared.toString(), "--device", "cpu"));
        return Result.of(Main.commandLine(), all.toArray(String[]::new));
    }

    private static Result good(List<String> arguments) {
        Result result = run(arguments);
        assertEquals(0, result.code(), result.err());
        return result;
    }

    private static List<String> command(String verb, String model, List<String> drawn, String... more) {
        return Stream.of(List.of(verb, model), drawn, List.of(more))
                .flatMap(List::stream)
                .toList();
    }

    private static Result sample(String model, Path into, String... more) {
        List<String> all = new ArrayList<>(List.of("--output-dir", into.toString()));
        all.addAll(List.of(more));
        return good(command("sample", model, DRAWN, all.toArray(String[]::new)));
    }

    /** By their names. */
    private static Map<String, byte[]> pictures(Path folder) throws IOException {
        Map<String, byte[]> found = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".png")).toList()) {
                found.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return found;
    }

    private static void assertSame(Map<String, byte[]> expected, Map<String, byte[]> found) {
        assertEquals(expected.keySet(), found.keySet());
        expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
    }

    private static List<String> evaluate(String model, List<String> more) {
        List<String> all = new ArrayList<>(command("evaluate", model, DRAWN, "--reference-number", "40"));
        all.addAll(List.of(
                "--classifier-epochs",
                "1",
                "--classifier-dir",
                shared.resolve("classifiers").toString()));
        all.addAll(more);
        return all;
    }

    /** All of them, as JSON has them. */
    private static String figures(String model, List<String> more) throws IOException {
        Path file = shared.resolve("figures.json");
        good(evaluate(
                model,
                Stream.concat(more.stream(), Stream.of("--json", file.toString()))
                        .toList()));
        return Files.readString(file);
    }

    private void draw(String model, int shard, int of, String... more) {
        List<String> all = new ArrayList<>(List.of("--parts", folder.toString(), "--shard", shard + "/" + of));
        all.addAll(List.of(more));
        good(evaluate(model, all));
    }

    /** Whichever share comes first; the last one to come makes the grid. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6})
    void picturesAreTheSameOfEachNumberOfShards(int count) throws IOException {
        for (int k = count - 1; k >= 0; k--) {
            assertFalse(Files.exists(folder.resolve("grid.png")));
            Result drawn = sample("field", folder, "--shard", k + "/" + count);
            assertEquals(k > 0, drawn.out().contains("the grid follows when the other shards have drawn all 23"));
        }
        assertEquals(24, whole.size());
        assertSame(whole, pictures(folder));
    }

    @Test
    void ofAnEnergyToo() throws IOException {
        Path alone = folder.resolve("alone");
        Path together = folder.resolve("together");
        sample("energy", alone);
        sample("energy", together, "--shard", "1/2");
        sample("energy", together, "--shard", "0/2");
        assertSame(pictures(alone), pictures(together));
    }

    /** Whose engine has drawn nothing before. */
    @Test
    void aProcessOfItsOwnDrawsTheSame() throws Exception {
        List<String> command = new ArrayList<>(command("sample", "field", DRAWN, "--shard", "2/3"));
        command.addAll(List.of("--output-dir", folder.toString(), "--runs-dir", shared.toString(), "--device", "cpu"));
        Process process = Child.java(Main.class, command.toArray(String[]::new))
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        assertEquals(0, process.waitFor());
        Map<String, byte[]> found = pictures(folder);
        assertEquals(7, found.size(), "8 to 11, 20 to 22");
        found.forEach((name, bytes) -> assertArrayEquals(whole.get(name), bytes, name));
    }

    /** As after a task that was ended and put back into the queue. */
    @Test
    void aShardThatIsStartedAgainDrawsWhatIsMissing() throws IOException {
        sample("field", folder, "--shard", "0/2");
        Path kept = folder.resolve("00001.png");
        FileTime time = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(kept, time);
        Files.delete(folder.resolve("00009.png"));
        Result again = sample("field", folder, "--shard", "0/2");
        assertTrue(again.out().contains("wrote 4 images"), again.out());
        assertEquals(time, Files.getLastModifiedTime(kept));
        assertArrayEquals(whole.get("00009.png"), Files.readAllBytes(folder.resolve("00009.png")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void figuresAreTheSameOfEachNumberOfShards(int count) throws IOException {
        IntStream.range(0, count).map(k -> count - 1 - k).forEach(k -> draw("field", k, count));
        assertEquals(figures, figures("field", List.of("--merge", folder.toString())));
    }

    @Test
    void figuresOfAnEnergyToo() throws IOException {
        draw("energy", 0, 2);
        draw("energy", 1, 2);
        assertEquals(figures("energy", List.of()), figures("energy", List.of("--merge", folder.toString())));
    }

    @Test
    void partsThatDoNotBelongTogetherAreRefused() throws IOException {
        Path none = folder.resolve("none");
        assertRefused("there are no shards in " + none, "--merge", none.toString());
        draw("field", 0, 3);
        draw("field", 2, 3);
        assertRefused("of 3 shards in " + folder + " these are missing: 1", "--merge", folder.toString());
        draw("field", 1, 2);
        assertRefused("has shard-0-of-3 and shard-1-of-2: delete those", "--merge", folder.toString());
        Path other = folder.resolve("shard-1-of-2");
        Files.move(other, folder.resolve("shard-1-of-3"));
        for (String[] change : new String[][] {
            {"--steps 10 --sampler ddim", "its sampler is ddpm, and here it is ddim"},
            {"--seed 4", "its seed is 3, and here it is 4"},
            {"--number 22", "its number is 23, and here it is 22"},
            {"--batch-size 5", "its batch_size is 4, and here it is 5"},
            {"--guidance-scale 1", "its guidance_scale is 3.0, and here it is 1.0"},
        }) {
            List<String> more = new ArrayList<>(List.of("--merge", folder.toString()));
            more.addAll(List.of(change[0].split(" ")));
            assertRefused(change[1], more.toArray(String[]::new));
        }
        Result ofAnother = run(evaluate("energy", List.of("--merge", folder.toString())));
        assertTrue(ofAnother.err().contains("is of another drawing: its model is "), ofAnother.err());
        Result into = run(evaluate("energy", List.of("--parts", folder.toString(), "--shard", "0/3")));
        assertTrue(into.err().contains("shard-0-of-3 is of another drawing: its model is "), into.err());
    }

    private void assertRefused(String sentence, String... more) {
        List<String> command = evaluate("field", List.of());
        for (String option : more) { // instead of the one there is
            int there = option.startsWith("--") ? command.indexOf(option) : -1;
            if (there >= 0) {
                command.subList(there, there + 2).clear();
            }
        }
        command.addAll(List.of(more));
        Result result = run(command);
        assertEquals(2, result.code(), result.out());
        assertTrue(result.err().contains(sentence), result.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sample field --shard 8/8 --output-dir DIR | shard must be from 0 to 7, but is 8",
                "sample field --shard 1 --output-dir DIR | shard must be K/M, share K of M, counted from 0",
                "sample field --shard 0/2 --number 64 --output-dir DIR | shard must be one of at most 1, for 64 images are 1 batch",
                "sample field --shard 0/2 --number 64 --batch-size 8 | shard must be given with --output-dir",
                "evaluate field --shard 0/2 | shard and parts must be given together",
                "evaluate field --parts DIR | shard and parts must be given together",
                "evaluate field --shard 0/2 --parts DIR --merge DIR | merge must be given without shard",
                "evaluate field --shard 0/40 --parts DIR | shard must be one of at most 32, for 2000 images are 32 batches",
            })
    void whatCannotBeIsSaid(String line, String sentence) {
        Result result = run(List.of(line.replace("DIR", folder.toString()).split(" ")));
        assertEquals(2, result.code(), result.out());
        assertTrue(result.err().contains(sentence), result.err());
    }

    @Test
    void aFolderWithOtherImagesIsRefused() throws IOException {
        sample("field", folder, "--shard", "0/2");
        List<String> other = new ArrayList<>(command("sample", "field", DRAWN, "--output-dir", folder.toString()));
        other.set(other.indexOf("3"), "4");
        other.addAll(List.of("--shard", "1/2"));
        Result refused = run(other);
        assertTrue(refused.err().contains(folder + " is of another drawing: its seed is 3, and here it is 4"));
        Files.delete(folder.resolve("drawing.json"));
        refused = run(other);
        assertTrue(refused.err().contains("has images and no drawing.json"), refused.err());
    }
}
