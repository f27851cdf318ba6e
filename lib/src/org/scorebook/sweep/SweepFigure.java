package org.scorebook.sweep;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.scorebook.base.Names;
import org.scorebook.base.Require;
import org.scorebook.base.TextFile;
import org.scorebook.folder.LossHistory;
import org.scorebook.folder.RunDirectory;

/** What runs are compared by. A loss is that after the last epoch; the others need images that are drawn when a run has ended. */
public enum SweepFigure {
    VAL_LOSS(false, LossHistory::validation),
    TEST_LOSS(false, LossHistory::test),
    TRAIN_LOSS(false, LossHistory::train),
    FID(false, null),
    PRECISION(true, null),
    RECALL(true, null),
    AUROC_NOISE(true, null),
    AUROC_SHUFFLED(true, null),
    AUROC_EMOJI(true, null),
    ACCURACY(true, null);

    private final boolean higherIsBetter;
    private final Function<LossHistory, List<Double>> loss;

    SweepFigure(boolean higherIsBetter, Function<LossHistory, List<Double>> loss) {
        this.higherIsBetter = higherIsBetter;
        this.loss = loss;
    }

    /** The name on the command line and in JSON, such as {@code val_loss}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(SweepFigure::key).toList();
    }

    /** The figure of a name. */
    public static SweepFigure of(String name) {
        String key = Require.given("name", name).replace('-', '_');
        return Arrays.stream(values())
                .filter(figure -> figure.key().equals(key))
                .findFirst()
                .orElseThrow(() -> Names.unknown("figure", name, keys()));
    }

    /** Whether larger values are better. */
    public boolean isHigherBetter() {
        return higherIsBetter;
    }

    /** Whether images must be drawn for it. */
    boolean needsImages() {
        return loss == null;
    }

    /** Of a run; empty where it is not known, or not of so many images. */
    OptionalDouble of(RunDirectory run, int images) throws IOException {
        if (loss != null) {
            List<Double> values = loss.apply(run.lossHistory());
            return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(values.get(values.size() - 1));
        }
        Path file = run.path().resolve("evaluation.json");
        if (!Files.exists(file)) {
            return OptionalDouble.empty();
        }
        try {
            JsonObject evaluation = new Gson().fromJson(TextFile.read(file, "delete it"), JsonObject.class);
            return evaluation.has(key()) && evaluation.get("number").getAsInt() == images
                    ? OptionalDouble.of(evaluation.get(key()).getAsDouble())
                    : OptionalDouble.empty();
        } catch (JsonParseException | IllegalStateException e) {
            return OptionalDouble.empty(); // it is made anew
        }
    }
}
