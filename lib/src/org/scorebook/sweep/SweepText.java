package org.scorebook.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A sweep's result as text. */
final class SweepText {
    private SweepText() {}

    static String of(SweepResult result) {
        Sweep sweep = result.sweep();
        StringBuilder text = new StringBuilder(String.format(
                "sweep %s: %d runs, %s%n%s of %s, %s is better; standard deviation over the seeds%n",
                result.id(),
                result.runs().size(),
                result.states(),
                sweep.figure().key(),
                sweep.figure().needsImages() ? sweep.images() + " images of each model" : "the last epoch",
                sweep.figure().isHigherBetter() ? "higher" : "lower"));
        List<List<String>> cells = cells(result);
        for (List<String> row : cells) {
            String line = IntStream.range(0, row.size())
                    .mapToObj(i -> padded(row.get(i), width(cells, i)))
                    .collect(Collectors.joining("  "));
            text.append(line.stripTrailing()).append(System.lineSeparator());
        }
        result.runs().stream()
                .filter(SweepRun::hasFailed)
                .forEach(run ->
                        text.append(String.format("failed: %s (run %s): %s%n", run.member(), run.id(), run.error())));
        return text.toString();
    }

    /** The heading first. */
    private static List<List<String>> cells(SweepResult result) {
        List<List<String>> cells = new ArrayList<>();
        List<String> heading = new ArrayList<>(List.of(""));
        heading.addAll(result.sweep().grid().keySet());
        heading.addAll(List.of("mean", "deviation", "runs"));
        cells.add(heading);
        for (SweepRow row : result.rows()) {
            boolean best = row == result.rows().get(0) && row.count() > 0;
            List<String> line = new ArrayList<>(List.of(best ? "*" : ""));
            line.addAll(row.combination().values().values());
            line.add(number(row.mean(), "%.5g"));
            line.add(number(row.deviation(), "%.2g"));
            line.add(row.count() + " of " + row.runs().size()
                    + (row.failed() > 0 ? ", " + row.failed() + " failed" : ""));
            cells.add(line);
        }
        return cells;
    }

    private static int width(List<List<String>> cells, int column) {
        return cells.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String number(double value, String format) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }

    /** Numbers with all their digits, nothing for one that is not known. */
    static String csv(SweepResult result) {
        String figure = result.sweep().figure().key();
        Stream<Stream<String>> heading = Stream.of(Stream.concat(
                result.sweep().grid().keySet().stream(),
                Stream.of(figure + "_mean", figure + "_standard_deviation", "values", "failed")));
        Stream<Stream<String>> rows = result.rows().stream()
                .map(row -> Stream.concat(
                        row.combination().values().values().stream(),
                        Stream.of(
                                plain(row.mean()),
                                plain(row.deviation()),
                                Integer.toString(row.count()),
                                Long.toString(row.failed()))));
        return Stream.concat(heading, rows)
                .map(cells -> cells.map(SweepText::quoted).collect(Collectors.joining(",")) + "\n")
                .collect(Collectors.joining());
    }

    private static String plain(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }

    private static String quoted(String cell) {
        return cell.matches("[^,\"\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
