package org.scorebook.config;

import java.util.List;
import java.util.regex.Pattern;

/** What several settings of a {@link RunConfig} must fulfil together. */
final class ConfigRules {
    private static final Pattern DEVICE = Pattern.compile("auto|cpu|mps|cuda(:\\d{1,3})?");

    private ConfigRules() {}

    static void ascending(String lowName, double low, String highName, double high) {
        if (!(low < high)) {
            throw new IllegalArgumentException(
                    lowName + " must be below " + highName + ", but they are " + low + " and " + high);
        }
    }

    static void folder(String data, String dataDir) {
        if (data.equals("folder") && dataDir == null) {
            throw new IllegalArgumentException(
                    "data_dir must name a folder of images when data is folder, but it is not set");
        }
    }

    static void levels(List<Integer> multipliers) {
        if (multipliers.isEmpty()) {
            throw new IllegalArgumentException(
                    "multipliers must have a number for each level of the network, such as 1,2,2, but has none");
        }
    }

    static void groups(String model, int groups, int baseChannels) {
        if (!model.equals("ncsn-mlp") && !model.equals("energy") && baseChannels % groups != 0) {
            throw new IllegalArgumentException(
                    "groups must divide base_channels, but they are " + groups + " and " + baseChannels);
        }
    }

    static void energy(String model, String objective) {
        if (model.equals("energy") != objective.equals("contrastive")) {
            throw new IllegalArgumentException(
                    "objective must be contrastive for the model energy, and only for this, but they are " + objective
                            + " and " + model);
        }
    }

    static void buffer(String objective, String chainStart, int bufferSize, int batchSize) {
        if (objective.equals("contrastive") && chainStart.equals("buffer") && bufferSize < batchSize) {
            throw new IllegalArgumentException(
                    "buffer_size must be at least batch_size, but they are " + bufferSize + " and " + batchSize);
        }
    }

    static void device(String device) {
        if (!DEVICE.matcher(device).matches()) {
            throw new IllegalArgumentException(
                    "device must be auto, cpu, cuda, mps or one such as cuda:1, but is " + device);
        }
    }
}
