package org.scorebook.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * CIFAR-10 in a folder: its files, or the folder they come in, or their archive. A tenth of the training images (5,000 of
 * 50,000) becomes the validation part. Address and digest as in TensorFlow Datasets.
 */
record Cifar10Source() implements ImageSource {
    private static final PublishedSet FILES = new PublishedSet(
            "cifar-10",
            "https://www.cs.toronto.edu/~kriz/",
            Map.of(Cifar10.ARCHIVE, "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
            "");

    @Override
    public Splits load(Path folder, ImageOptions options, DataPlaces places) throws IOException {
        Path found = FILES.locate(folder, places, place -> within(place).isPresent());
        Path files = within(found).orElseThrow();
        ImageSet train = Cifar10.train(files);
        return Splits.withTest(train, Cifar10.test(files), Math.max(1, train.size() / 10), ImageSets.SEED);
    }

    @Override
    public boolean isHere(DataPlaces places) {
        return places.has(FILES.name(), place -> within(place).isPresent());
    }

    private static Optional<Path> within(Path folder) {
        if (isWhole(folder)) {
            return Optional.of(folder);
        }
        if (isWhole(folder.resolve(Cifar10.FOLDER))) {
            return Optional.of(folder.resolve(Cifar10.FOLDER));
        }
        return Optional.of(folder.resolve(Cifar10.ARCHIVE)).filter(Files::isRegularFile);
    }

    private static boolean isWhole(Path folder) {
        return Stream.concat(Cifar10.TRAIN.stream(), Cifar10.TEST.stream())
                .allMatch(name -> Files.exists(folder.resolve(name)));
    }
}
