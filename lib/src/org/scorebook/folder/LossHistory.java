package org.scorebook.folder;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.annotations.SerializedName;
import java.util.ArrayList;
import java.util.List;
import org.scorebook.base.Require;

/**
 * The losses after each epoch, as {@code loss_history.json} has them.
 *
 * @param train mean of the epoch's batches
 * @param validation of the held-out part of the training set
 * @param test of the test set
 * @param epochs their numbers from 0, ascending
 */
public record LossHistory(
        @SerializedName("train_loss") List<Double> train,
        @SerializedName("val_loss") List<Double> validation,
        @SerializedName("test_loss") List<Double> test,
        @SerializedName("epochs") List<Integer> epochs) {
    private static final Gson GSON = new GsonBuilder()
            .registerTypeAdapterFactory(new RecordAdapter())
            .setPrettyPrinting()
            .serializeSpecialFloatingPointValues()
            .create();

    /** No epoch yet. */
    public static final LossHistory EMPTY = new LossHistory(List.of(), List.of(), List.of(), List.of());

    /** All lists are of one length. */
    public LossHistory {
        if (train == null || validation == null || test == null || epochs == null) {
            throw new IllegalArgumentException("there must be train_loss, val_loss, test_loss and epochs");
        }
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
        epochs = List.copyOf(epochs);
        if (train.size() != epochs.size() || validation.size() != epochs.size() || test.size() != epochs.size()) {
            throw new IllegalArgumentException("there must be a loss of each kind for each epoch, but there are "
                    + train.size() + ", " + validation.size() + ", " + test.size() + " for " + epochs.size());
        }
    }

    /** How many epochs are done: those of a history that was lost count, too. */
    public int done() {
        return epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1) + 1;
    }

    /** This history and one epoch more. */
    public LossHistory plus(double trainLoss, double validationLoss, double testLoss) {
        return plus(done(), trainLoss, validationLoss, testLoss);
    }

    /** This history and the losses of a later epoch, numbered from 0. */
    public LossHistory plus(int epoch, double trainLoss, double validationLoss, double testLoss) {
        Require.atLeast("epoch", epoch, done());
        return new LossHistory(
                plus(train, trainLoss), plus(validation, validationLoss), plus(test, testLoss), plus(epochs, epoch));
    }

    private static <T> List<T> plus(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }

    /** Of the first so many epochs. */
    public LossHistory first(int count) {
        int n = (int) epochs.stream().filter(epoch -> epoch < count).count();
        return new LossHistory(train.subList(0, n), validation.subList(0, n), test.subList(0, n), epochs.subList(0, n));
    }

    String toJson() {
        return GSON.toJson(this) + "\n";
    }

    /** @throws RuntimeException for what is no history */
    static LossHistory fromJson(String json) {
        LossHistory history = GSON.fromJson(json, LossHistory.class);
        if (history == null) {
            throw new JsonParseException("it is empty");
        }
        return history;
    }
}
