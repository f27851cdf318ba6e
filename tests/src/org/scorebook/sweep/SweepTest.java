package org.scorebook.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebook.config.RunConfig;
import org.scorebook.folder.LossHistory;
import org.scorebook.folder.RunDirectory;
import org.scorebook.folder.RunState;

/** What a sweep asks for, and what is made of its runs. */
class SweepTest {
    private static final Sweep SWEEP = Sweep.of(RunConfig.defaults().with(Map.of("run_name", "small", "seed", 5)))
            .grid("lr", 1e-4, "3e-4")
            .grid("schedule=linear,cosine")
            .seeds(2);

    @TempDir
    private Path runs;

    @Test
    void everyCombinationIsTrainedWithEverySeed() {
        assertEquals(
                List.of(
                        "lr=1.0E-4, schedule=linear, seed=5",
                        "lr=1.0E-4, schedule=linear, seed=6",
                        "lr=1.0E-4, schedule=cosine, seed=5",
                        "lr=1.0E-4, schedule=cosine, seed=6",
                        "lr=3e-4, schedule=linear, seed=5",
                        "lr=3e-4, schedule=linear, seed=6",
                        "lr=3e-4, schedule=cosine, seed=5",
                        "lr=3e-4, schedule=cosine, seed=6"),
                SWEEP.members().stream().map(SweepMember::toString).toList());
        SweepMember last = SWEEP.members().get(7);
        assertEquals(
                SWEEP.base()
                        .with(Map.of("lr", 3e-4, "schedule", "cosine", "seed", 6))
                        .with("run_name", "0007-lr-3e-4-schedule-cosine-seed-6"),
                last.config(SWEEP.base()));
        SWEEP.check();
    }

    @Test
    void listsHaveSemicolonsBetween() {
        Sweep lists = Sweep.of(RunConfig.defaults()).grid("multipliers=1,2;1,2,2");
        assertEquals(List.of("1,2", "1,2,2"), lists.grid().get("multipliers"));
        assertEquals(lists, Sweep.of(RunConfig.defaults()).grid("multipliers", List.of(1, 2), List.of(1, 2, 2)));
    }

    /** All at once, before anything is begun. */
    @Test
    void whatIsWrongIsToldWithItsCombination() {
        String values = assertThrows(IllegalArgumentException.class, () -> Sweep.of(RunConfig.defaults())
                        .grid("lr=0,1e-3,0.001")
                        .grid("schedule=linear,cosin")
                        .grid("seed=1,2")
                        .check())
                .getMessage();
        assertEquals("""
                of this sweep nothing was started:
                  lr=0: lr must be above 0, but is 0
                  lr=0.001: each value must be another, but it is the same as 1e-3
                  schedule=cosin: schedule must be one of\s""", values.substring(0, values.indexOf("one of ") + 7));
        assertTrue(values.endsWith(
                "\n  grid must not vary seed: a sweep counts it up from that of the settings, with --seeds"));
        String rules = assertThrows(IllegalArgumentException.class, () -> Sweep.of(RunConfig.defaults())
                        .grid("groups=8,5")
                        .grid("lr=0.001,2")
                        .check())
                .getMessage();
        assertEquals(
                List.of(
                        "of this sweep nothing was started:",
                        "  groups=8, lr=2: lr must be at most 1, by which a step moves each parameter, but is 2.0; usual are"
                                + " 0.0001 to 0.01",
                        "  groups=5, lr=0.001: groups must divide base_channels, but they are 5 and 32",
                        "  groups=5, lr=2: groups must divide base_channels, but they are 5 and 32"),
                rules.lines().toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lrr=1,2 | unknown setting lrr; did you mean lr?",
                "lr | grid must be KEY=VALUE,VALUE,..., such as lr=1e-4,3e-4, but is lr",
                "schedule=linear | grid must name schedule once, with all its values",
            })
    void aGridThatCannotBeReadIsRefused(String grid, String sentence) {
        String message = assertThrows(IllegalArgumentException.class, () -> SWEEP.grid(grid))
                .getMessage();
        assertTrue(message.contains(sentence), message);
    }

    @Test
    void itIsFoundAgain() throws IOException {
        SweepFolder folder = SweepFolder.create(SWEEP, runs);
        assertTrue(folder.id().matches("sweep-small-\\d{8}-\\d{6}"), folder.id());
        assertEquals(SWEEP, folder.sweep());
        assertEquals(folder, SweepFolder.find("latest", runs));
        assertEquals(folder, SweepFolder.ofSame(SWEEP.figure("fid").images(9), runs), "whatever they are compared by");
        assertTrue(SweepFolder.same(SWEEP.seeds(3), runs).isEmpty());
        assertEquals(folder, SweepFolder.find("sweep-small", runs));
        String id = folder.id();
        String unknown = assertThrows(
                        IllegalArgumentException.class, () -> SweepFolder.find(id.replace("small", "smal"), runs))
                .getMessage();
        assertTrue(unknown.endsWith(" in " + runs + "; did you mean " + id + "?"), unknown);
    }

    /** As if trained. */
    private static void ended(SweepFolder folder, int member, double loss) throws IOException {
        RunDirectory run = begun(folder, member);
        run.writeLossHistory(LossHistory.EMPTY.plus(1, 9, 1).plus(1, loss, 1));
        run.update(status -> status.ended(RunState.SUCCEEDED, null));
    }

    private static RunDirectory begun(SweepFolder folder, int member) throws IOException {
        return RunDirectory.create(SWEEP.members().get(member).config(SWEEP.base()), folder.path());
    }

    /** Of losses whose means and deviations are known: 0.25 and 0.75 have 0.5 and sqrt(1/8). */
    @Test
    void meansAndDeviationsOverTheSeedsAreSorted() throws IOException {
        SweepFolder folder = SweepFolder.create(SWEEP, runs);
        ended(folder, 0, 0.75);
        ended(folder, 1, 0.25);
        ended(folder, 2, 0.4);
        begun(folder, 3).update(status -> status.ended(RunState.FAILED, "the loss is NaN"));
        ended(folder, 6, 2);
        SweepResult result = folder.result();
        assertFalse(result.isComplete());
        assertTrue(result.hasFailed());
        List<String> lines = result.table().lines().toList();
        assertEquals("sweep " + folder.id() + ": 8 runs, 1 failed, 4 succeeded, 3 waiting", lines.get(0));
        assertEquals("val_loss of the last epoch, lower is better; standard deviation over the seeds", lines.get(1));
        assertEquals("""
                   lr      schedule  mean     deviation  runs
                *  1.0E-4  cosine    0.40000  -          1 of 2, 1 failed
                   1.0E-4  linear    0.50000  0.35       2 of 2
                   3e-4    cosine    2.0000   -          1 of 2
                   3e-4    linear    -        -          0 of 2""", String.join("\n", lines.subList(2, 7)));
        assertTrue(
                lines.get(7).matches("failed: lr=1.0E-4, schedule=cosine, seed=6 \\(run 0003-.*\\): the loss is NaN"));
        assertEquals(8, lines.size());
        assertEquals("""
                lr,schedule,val_loss_mean,val_loss_standard_deviation,values,failed
                1.0E-4,cosine,0.4,,1,1
                1.0E-4,linear,0.5,0.3535533905932738,2,0
                3e-4,cosine,2.0,,1,0
                3e-4,linear,,,0,0
                """, Files.readString(folder.path().resolve("table.csv")));
        JsonObject json = JsonParser.parseString(Files.readString(folder.path().resolve("results.json")))
                .getAsJsonObject();
        JsonArray all = json.getAsJsonArray("combinations");
        assertEquals(
                Math.sqrt(0.125),
                all.get(1).getAsJsonObject().get("standard_deviation").getAsDouble());
        assertEquals(
                "the loss is NaN",
                runsOf(all, 0).get(1).getAsJsonObject().get("error").getAsString());
        assertTrue(Files.size(folder.path().resolve("plot.png")) > 5_000);
    }

    private static JsonArray runsOf(JsonArray combinations, int row) {
        return combinations.get(row).getAsJsonObject().getAsJsonArray("runs");
    }

    /** Of another number of images it is not what was asked for. */
    @Test
    void whereHigherIsBetterTheHighestIsFirst() throws IOException {
        Sweep sweep = SWEEP.figure("precision").images(10);
        SweepFolder folder = SweepFolder.create(sweep, runs);
        for (int member : new int[] {0, 2, 4}) {
            ended(folder, member, 1);
            Files.writeString(
                    folder.runs().get(member).path().resolve("evaluation.json"),
                    "{\"number\": " + (member == 4 ? 20 : 10) + ", \"precision\": " + 0.1 * (member + 1) + "}");
        }
        SweepResult result = folder.result();
        assertTrue(result.table().contains("precision of 10 images of each model, higher is better"));
        assertEquals(
                List.of(0.1 * 3, 0.1, Double.NaN, Double.NaN),
                result.rows().stream().map(SweepRow::mean).toList());
    }

    /** Four points with bars, on two lines, over words. */
    @Test
    void thePlotHasALineForEachValue() throws IOException {
        SweepFolder folder = SweepFolder.create(SWEEP, runs);
        for (int member = 0; member < 8; member++) {
            ended(folder, member, 1 + member % 3);
        }
        var chart = SweepPlot.of(folder.result());
        assertEquals(
                List.of("schedule=linear", "schedule=cosine"),
                List.copyOf(chart.getSeriesMap().keySet()));
        assertEquals("lr", chart.getXAxisTitle());
        double[] errors = chart.getSeriesMap().get("schedule=linear").getExtraValues();
        assertEquals(Math.sqrt(0.5), errors[0], 1e-12);
    }
}
