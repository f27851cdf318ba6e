package org.scorebook.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What one benchmark found.
 *
 * @param name of the benchmark
 * @param pairs our seconds and the other's; none of the other's where we worked alone
 * @param other who that is; empty for nobody
 * @param images of a turn; 0 where there are none
 * @param steps of a turn
 * @param roof seconds of a turn's convolutions alone; NaN where not measured
 * @param memory the most of ours and of the other's, in bytes; 0 where not measured
 * @param pages that ours and the other asked the system for in a turn
 */
record Figure(
        String name, Pairs pairs, String other, int images, int steps, double roof, long[] memory, double[] pages) {
    static final String HEADER = String.format(
            Locale.ROOT,
            "%-22s %10s %9s %-18s %10s  %-20s %8s %12s",
            "benchmark",
            "ms a step",
            "images/s",
            "other",
            "ms a step",
            "other / ours",
            "of roof",
            "peak MB");

    private double seconds() {
        return Pairs.median(pairs.ours());
    }

    String row() {
        return String.format(
                        Locale.ROOT,
                        "%-22s %10.4g %9s %-18s %10s  %-20s %8s %5s%s",
                        name,
                        1e3 * seconds() / steps,
                        images == 0 ? "" : String.format(Locale.ROOT, "%.1f", images / seconds()),
                        other,
                        alone() ? "" : String.format(Locale.ROOT, "%.4g", 1e3 * Pairs.median(pairs.others()) / steps),
                        alone() ? "" : spread(pairs.ratios()),
                        Double.isNaN(roof) ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * roof / seconds()),
                        memory[0] == 0 ? "" : String.format(Locale.ROOT, "%.0f", memory[0] / 1e6),
                        alone() ? "" : String.format(Locale.ROOT, " / %.0f", memory[1] / 1e6))
                .stripTrailing();
    }

    private boolean alone() {
        return other.isEmpty();
    }

    private static String spread(double[] ratios) {
        return String.format(
                Locale.ROOT, "%.2f (%.2f to %.2f)", Pairs.median(ratios), ratios[0], ratios[ratios.length - 1]);
    }

    /** For the JSON file. */
    Map<String, Number> values() {
        Map<String, Number> values = new LinkedHashMap<>();
        values.put("seconds_per_step", seconds() / steps);
        if (images > 0) {
            values.put("images_per_second", images / seconds());
        }
        if (!Double.isNaN(roof)) {
            values.put("share_of_roof", roof / seconds());
        }
        if (memory[0] > 0) {
            values.put("peak_bytes", memory[0]);
            values.put("page_faults_per_step", pages[0] / steps);
        }
        if (!alone()) {
            double[] ratios = pairs.ratios();
            values.put("other_seconds_per_step", Pairs.median(pairs.others()) / steps);
            values.put("ratio_to_peer", Pairs.median(ratios));
            values.put("ratio_least", ratios[0]);
            values.put("ratio_greatest", ratios[ratios.length - 1]);
            values.put("other_peak_bytes", memory[1]);
            values.put("other_page_faults_per_step", pages[1] / steps);
        }
        return values;
    }
}
