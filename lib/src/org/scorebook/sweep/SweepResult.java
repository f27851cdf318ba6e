package org.scorebook.sweep;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.scorebook.base.Require;
import org.scorebook.folder.RunDirectory;
import org.scorebook.plot.Charts;

/**
 * What came of a sweep so far.
 *
 * @param id of the sweep
 * @param rows one a combination, the best first, those without a value last
 */
public record SweepResult(String id, Sweep sweep, List<SweepRow> rows) {
    public SweepResult {
        Require.given("id", id);
        Require.given("sweep", sweep);
        rows = List.copyOf(Require.given("rows", rows));
    }

    static SweepResult of(SweepFolder folder, Sweep sweep) throws IOException {
        Map<Integer, RunDirectory> runs = folder.runs();
        List<SweepRun> all = new ArrayList<>();
        for (SweepMember member : sweep.members()) {
            all.add(SweepRun.of(member, runs.get(member.index()), sweep));
        }
        List<SweepRow> rows = new ArrayList<>();
        for (Combination combination : sweep.combinations()) {
            rows.add(new SweepRow(
                    combination,
                    all.stream()
                            .filter(run -> run.member().combination().equals(combination))
                            .toList()));
        }
        Comparator<SweepRow> better = Comparator.comparingDouble(SweepRow::mean);
        if (sweep.figure().isHigherBetter()) {
            better = better.reversed();
        }
        rows.sort(
                Comparator.comparing((SweepRow row) -> Double.isNaN(row.mean())).thenComparing(better));
        return new SweepResult(folder.id(), sweep, rows);
    }

    boolean hasValues() {
        return rows.stream().anyMatch(row -> !Double.isNaN(row.mean()));
    }

    /** All runs, in the order of the rows. */
    List<SweepRun> runs() {
        return rows.stream().flatMap(row -> row.runs().stream()).toList();
    }

    /** Whether a run has failed. */
    public boolean hasFailed() {
        return runs().stream().anyMatch(SweepRun::hasFailed);
    }

    /** Whether each run has ended well and has its value. */
    public boolean isComplete() {
        return runs().stream().allMatch(SweepRun::isDone);
    }

    /** Means and standard deviations over the seeds, the best first and marked; below, what has failed. */
    public String table() {
        return SweepText.of(this);
    }

    /** The table for programs: a line for each combination. */
    public String csv() {
        return SweepText.csv(this);
    }

    /** The mean over the grid with the standard deviation over the seeds, a line for each combination of all settings but the first. */
    public BufferedImage plot() {
        return Charts.picture(SweepPlot.of(this));
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("sweep", id);
        json.addProperty("figure", sweep.figure().key());
        json.addProperty("higher_is_better", sweep.figure().isHigherBetter());
        JsonArray combinations = new JsonArray();
        rows.forEach(row -> combinations.add(row.json()));
        json.add("combinations", combinations);
        return json;
    }

    @Override
    public String toString() {
        return table();
    }

    /** The words for how many runs are in which state. */
    String states() {
        return runs().stream()
                .collect(Collectors.groupingBy(SweepRun::state, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(state -> state.getValue() + " " + state.getKey())
                .collect(Collectors.joining(", "));
    }
}
