package org.scorebook.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What one benchmark found.
 *
 * @param name of the benchmark
 * @param pairs our seconds and the other's
 * @param other who that is
 * @param images of a turn; 0 where there are none
 * @param steps of a turn
 * @param roof seconds of a turn's convolutions alone; NaN where not measured
 * @param memory the most of ours and of the other's, in bytes
 */
record Figure(String name, Pairs pairs, String other, int images, int steps, double roof, long[] memory) {
    static final String HEADER = String.format(
            Locale.ROOT,
            "%-16s %10s %9s %-18s %10s  %-20s %8s %12s",
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
        double[] ratios = pairs.ratios();
        return String.format(
                Locale.ROOT,
                "%-16s %10.2f %9s %-18s %10.2f  %-20s %8s %5.0f / %.0f",
                name,
                1e3 * seconds() / steps,
                images == 0 ? "" : String.format(Locale.ROOT, "%.1f", images / seconds()),
                other,
                1e3 * Pairs.median(pairs.others()) / steps,
                String.format(
                        Locale.ROOT, "%.2f (%.2f to %.2f)", Pairs.median(ratios), ratios[0], ratios[ratios.length - 1]),
                Double.isNaN(roof) ? "" : String.format(Locale.ROOT, "%.0f %%", 100 * roof / seconds()),
                memory[0] / 1e6,
                memory[1] / 1e6);
    }

    /** For the JSON file. */
    Map<String, Number> values() {
        double[] ratios = pairs.ratios();
        Map<String, Number> values = new LinkedHashMap<>();
        values.put("seconds_per_step", seconds() / steps);
        if (images > 0) {
            values.put("images_per_second", images / seconds());
        }
        values.put("other_seconds_per_step", Pairs.median(pairs.others()) / steps);
        values.put("ratio_to_peer", Pairs.median(ratios));
        values.put("ratio_least", ratios[0]);
        values.put("ratio_greatest", ratios[ratios.length - 1]);
        if (!Double.isNaN(roof)) {
            values.put("share_of_roof", roof / seconds());
        }
        values.put("peak_bytes", memory[0]);
        values.put("other_peak_bytes", memory[1]);
        return values;
    }
}
