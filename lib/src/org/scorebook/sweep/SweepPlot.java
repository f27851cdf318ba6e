package org.scorebook.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.scorebook.plot.Charts;

/**
 * The figure over the values of the grid's first setting that has several, evenly spaced; a line for each combination of the other
 * settings, shifted a little against each other so that their bars do not hide each other.
 */
final class SweepPlot {
    private static final double SHIFT = 0.04;

    private SweepPlot() {}

    static XYChart of(SweepResult result) {
        Sweep sweep = result.sweep();
        String across = across(sweep);
        List<String> labels = sweep.grid().getOrDefault(across, List.of(""));
        XYChart chart = Charts.xy(
                result.id(),
                across,
                sweep.figure().key()
                        + (sweep.seeds() > 1 ? " (mean, deviation over " + sweep.seeds() + " seeds)" : ""));
        Map<String, List<SweepRow>> lines = lines(result, across);
        int line = 0;
        for (Map.Entry<String, List<SweepRow>> rows : lines.entrySet()) {
            double shift = SHIFT * (line - (lines.size() - 1) / 2.0);
            add(chart, rows.getKey(), rows.getValue(), across, labels, shift);
            line++;
        }
        return Charts.categoriesX(chart, labels);
    }

    private static String across(Sweep sweep) {
        return sweep.grid().entrySet().stream()
                .filter(varied -> varied.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("settings");
    }

    /** Rows that have a value, by what else is varied. */
    private static Map<String, List<SweepRow>> lines(SweepResult result, String across) {
        Map<String, List<SweepRow>> lines = new LinkedHashMap<>();
        for (Combination combination : result.sweep().combinations()) { // in the order of the grid, not of the values
            result.rows().stream()
                    .filter(row -> row.combination().equals(combination) && row.count() > 0)
                    .forEach(row -> lines.computeIfAbsent(others(combination, across), key -> new ArrayList<>())
                            .add(row));
        }
        return lines;
    }

    private static String others(Combination combination, String across) {
        String words = combination.values().entrySet().stream()
                .filter(value -> !value.getKey().equals(across))
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? "mean" : words;
    }

    private static void add(
            XYChart chart, String name, List<SweepRow> rows, String across, List<String> labels, double shift) {
        List<SweepRow> sorted = rows.stream()
                .sorted(Comparator.comparingInt(row -> place(row, across, labels)))
                .toList();
        Charts.errorBars(
                chart,
                name,
                sorted.stream()
                        .mapToDouble(row -> place(row, across, labels) + shift)
                        .toArray(),
                sorted.stream().mapToDouble(SweepRow::mean).toArray(),
                sorted.stream()
                        .mapToDouble(row -> Double.isNaN(row.deviation()) ? 0 : row.deviation())
                        .toArray());
    }

    private static int place(SweepRow row, String across, List<String> labels) {
        return Math.max(0, labels.indexOf(row.combination().values().get(across)));
    }
}
