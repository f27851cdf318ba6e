package org.scorebook.config;

import java.util.List;
import java.util.regex.Pattern;
import org.scorebook.data.ImageSets;

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
        if (ImageSets.needsFolder(data) && dataDir == null) {
            throw new IllegalArgumentException(
                    "data_dir must name a folder of images when data is " + data + ", but it is not set");
        }
    }

    static void levels(List<Integer> multipliers) {
        if (multipliers.isEmpty()) {
            throw new IllegalArgumentException(
                    "multipliers must have a number for each level of the network, such as 1,2,2, but has none");
        }
    }

    static void groups(NetworkKind model, int groups, int baseChannels) {
        if (model.hasGroups() && baseChannels % groups != 0) {
            throw new IllegalArgumentException(
                    "groups must divide base_channels, but they are " + groups + " and " + baseChannels);
        }
    }

    static void kind(NetworkKind model, ObjectiveKind objective) {
        if (!model.fits().contains(objective.kind())) {
            throw new IllegalArgumentException("objective must be "
                    + Choice.words(Choice.those(ObjectiveKind.values(), o -> o.kind() == ModelKind.ENERGY), "or")
                    + " for the model " + Choice.words(Choice.those(NetworkKind.values(), NetworkKind::isEnergy), "or")
                    + ", and only for this, but they are " + objective + " and " + model);
        }
    }

    static void buffer(ObjectiveKind objective, ChainStart chainStart, int bufferSize, int batchSize) {
        if (objective.kind() == ModelKind.ENERGY && chainStart.keepsChains() && bufferSize < batchSize) {
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
