package org.scorebook.sweep;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.scorebook.base.Require;

/** A combination and its trainings, one a seed. */
record SweepRow(Combination combination, List<SweepRun> runs) {
    SweepRow {
        Require.given("combination", combination);
        runs = List.copyOf(runs);
    }

    private double[] values() {
        return runs.stream()
                .mapToDouble(SweepRun::value)
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    /** How many trainings have a value. */
    int count() {
        return values().length;
    }

    /** Over the trainings that have a value; NaN for none. */
    double mean() {
        double[] values = values();
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return values.length == 0 ? Double.NaN : sum / values.length;
    }

    /** The standard deviation {@code sqrt(sum (x - mean)^2 / (n - 1))}; NaN for fewer than two values. */
    double deviation() {
        double[] values = values();
        double mean = mean();
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return values.length < 2 ? Double.NaN : Math.sqrt(sum / (values.length - 1));
    }

    long failed() {
        return runs.stream().filter(SweepRun::hasFailed).count();
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        JsonObject settings = new JsonObject();
        combination.values().forEach(settings::addProperty);
        json.add("settings", settings);
        json.addProperty("mean", number(mean()));
        json.addProperty("standard_deviation", number(deviation()));
        json.addProperty("values", count());
        json.addProperty("failed", failed());
        JsonArray all = new JsonArray();
        runs.forEach(run -> all.add(run.json()));
        json.add("runs", all);
        return json;
    }

    private static Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
