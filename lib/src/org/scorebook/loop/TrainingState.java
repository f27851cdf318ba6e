package org.scorebook.loop;

import com.google.gson.JsonObject;
import java.util.SplittableRandom;

/**
 * Where a training is, beyond its arrays: all of it is saved with a checkpoint. Random numbers need no saving, for those of a
 * step follow from the seed and the step alone.
 */
final class TrainingState {
    private long step;
    private double rateFactor = 1;
    private int setbacks;
    private final Mean epochLoss = new Mean();
    private final Mean logLoss = new Mean();

    /** A mean that is added to. */
    static final class Mean {
        private double sum;
        private long count;

        /** The mean since the last time; then it begins again. */
        double take() {
            double mean = mean();
            sum = 0;
            count = 0;
            return mean;
        }

        /** The mean since the last {@link #take}; it goes on. */
        double mean() {
            return sum / count;
        }

        private void add(double value) {
            sum += value;
            count++;
        }

        private void write(JsonObject json, String name) {
            json.addProperty(name + "_sum", sum);
            json.addProperty(name + "_count", count);
        }

        private void read(JsonObject json, String name) {
            sum = json.get(name + "_sum").getAsDouble();
            count = json.get(name + "_count").getAsLong();
        }
    }

    /** How many steps were taken. */
    long step() {
        return step;
    }

    /** What the learning rate is multiplied by: 1, or half as much after each setback. */
    double rateFactor() {
        return rateFactor;
    }

    /** How often the training went back to a checkpoint because it ran away. */
    int setbacks() {
        return setbacks;
    }

    /** The training has run away; to be called with what {@link #restore} has brought back. */
    void setBack(int times) {
        setbacks = times;
        rateFactor = Math.pow(0.5, times);
    }

    /** One more step was taken. */
    void taken(double loss) {
        step++;
        epochLoss.add(loss);
        logLoss.add(loss);
    }

    /** The losses of this epoch. */
    Mean epochLoss() {
        return epochLoss;
    }

    /** The losses since the last line of the metrics. */
    Mean logLoss() {
        return logLoss;
    }

    /** A seed for the random numbers of the step that comes next. */
    long stepSeed(long seed) {
        return new SplittableRandom(new SplittableRandom(seed).nextLong() + step).nextLong();
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        json.addProperty("step", step);
        json.addProperty("setbacks", setbacks);
        epochLoss.write(json, "epoch_loss");
        logLoss.write(json, "log_loss");
        return json;
    }

    void restore(JsonObject json) {
        step = json.get("step").getAsLong();
        setBack(json.has("setbacks") ? json.get("setbacks").getAsInt() : 0);
        epochLoss.read(json, "epoch_loss");
        logLoss.read(json, "log_loss");
    }
}
