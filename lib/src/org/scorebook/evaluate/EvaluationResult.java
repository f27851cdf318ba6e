package org.scorebook.evaluate;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Map;
import org.scorebook.metric.FeatureDistance;
import org.scorebook.metric.PrecisionRecall;
import org.scorebook.recipe.SamplingPlan;

/**
 * What was measured of a model, with all that the numbers depend on.
 *
 * @param data name of the data set
 * @param step how many steps the model was trained for
 * @param plan how images were drawn
 * @param fid distance of the drawn images from the split
 * @param floor distance of as many real images of another split: a perfect model would be about there
 * @param floorSplit the other split
 * @param precisionRecall of the drawn images
 * @param memorisation whether they are nearer to the training images than test images are
 * @param figures by their names in JSON: of a denoiser the losses on fixed noise, as in the run's loss history; of an energy how
 *     well it tells other pictures from its data, and how well it classifies
 */
public record EvaluationResult(
        String data,
        long step,
        SamplingPlan plan,
        FeatureDistance fid,
        FeatureDistance floor,
        String floorSplit,
        PrecisionRecall precisionRecall,
        Memorisation memorisation,
        Map<String, Double> figures) {

    /** A table of names and values, and the warning of few images below it where there is one. */
    public String table() {
        StringBuilder table = new StringBuilder();
        row(table, "features", fid.extractor() + ", " + fid.dimension() + " numbers");
        row(table, "model", "after " + step + " steps of training");
        row(
                table,
                "drawn",
                "N = %d, %s, %d steps%s, seed %d",
                drawn(),
                plan.sampler(),
                plan.steps(),
                plan.guidanceScale() > 0 ? ", guidance " + plan.guidanceScale() : "",
                plan.seed());
        row(table, "compared with", "%s, N = %d", fid.split(), reference());
        row(table, "FID", "%.4g", fid.value());
        row(
                table,
                "FID floor",
                "%.4g, of %s/%s, N = %d, against the same",
                floor.value(),
                data,
                floorSplit,
                floor.distance().first());
        row(table, "precision", "%.3f (k = %d)", precisionRecall.precision(), precisionRecall.k());
        row(table, "recall", "%.3f (k = %d)", precisionRecall.recall(), precisionRecall.k());
        row(
                table,
                "nearest train",
                "%.3f of the mean of 50, of test images %.3f (medians)",
                memorisation.drawn(),
                memorisation.test());
        row(table, "memorisation", memorisation.nearer() + " (near 0: drawn images are nearer)");
        figures.forEach((name, value) -> row(table, name.replace('_', ' '), "%.5f", value));
        fid.warning().ifPresent(warning -> table.append(warning).append(System.lineSeparator()));
        return table.toString();
    }

    private static void row(StringBuilder table, String name, String format, Object... values) {
        String value = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
        table.append(String.format(Locale.ROOT, "%-16s %s%n", name, value));
    }

    private long drawn() {
        return fid.distance().first();
    }

    private long reference() {
        return fid.distance().second();
    }

    /** The same numbers as a JSON object. */
    public String toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("data", data);
        json.addProperty("step", step);
        json.addProperty("extractor", fid.extractor());
        json.addProperty("dimension", fid.dimension());
        json.addProperty("sampler", plan.sampler().key());
        json.addProperty("steps", plan.steps());
        json.addProperty("guidance_scale", plan.guidanceScale());
        json.addProperty("seed", plan.seed());
        json.addProperty("number", drawn());
        json.addProperty("split", fid.split());
        json.addProperty("reference_number", reference());
        json.addProperty("fid", fid.value());
        json.addProperty("fid_floor", floor.value());
        json.addProperty("floor_split", data + "/" + floorSplit);
        json.addProperty("floor_number", floor.distance().first());
        json.addProperty("precision", precisionRecall.precision());
        json.addProperty("recall", precisionRecall.recall());
        json.addProperty("k", precisionRecall.k());
        json.addProperty("nearest_train_ratio", memorisation.drawn());
        json.addProperty("nearest_train_ratio_of_test", memorisation.test());
        json.addProperty("memorisation_auroc", memorisation.nearer().auroc());
        json.addProperty("memorisation_p", memorisation.nearer().p());
        figures.forEach(json::addProperty);
        fid.warning().ifPresent(warning -> json.addProperty("warning", warning));
        return new GsonBuilder().setPrettyPrinting().create().toJson(json) + "\n";
    }
}
