package org.scorebook.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * MNIST and the sets in its form: four IDX files, packed or not, of which a twelfth of the training images (5,000 of
 * 60,000) becomes the validation part.
 */
record MnistSource(PublishedSet files, List<String> classes) implements ImageSource {
    private static final String TRAIN_IMAGES = "train-images-idx3-ubyte.gz";
    private static final String TRAIN_LABELS = "train-labels-idx1-ubyte.gz";
    private static final String TEST_IMAGES = "t10k-images-idx3-ubyte.gz";
    private static final String TEST_LABELS = "t10k-labels-idx1-ubyte.gz";

    private static final List<String> CLOTHES = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    /** Xiao, Rasul and Vollgraf, Fashion-MNIST (2017); digests as in TensorFlow Datasets, and the same data as Debian's. */
    static MnistSource fashion() {
        Map<String, String> digests = Map.of(
                TRAIN_IMAGES, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
                TRAIN_LABELS, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
                TEST_IMAGES, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
                TEST_LABELS, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5");
        return new MnistSource(
                new PublishedSet(
                        "fashion-mnist",
                        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
                        digests,
                        ", or on Debian run apt-get install dataset-fashion-mnist"),
                CLOTHES);
    }

    /** LeCun, Cortes and Burges (1998); address and digests as in TensorFlow Datasets. */
    static MnistSource digits() {
        Map<String, String> digests = Map.of(
                TRAIN_IMAGES, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                TRAIN_LABELS, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                TEST_IMAGES, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                TEST_LABELS, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6");
        return new MnistSource(
                new PublishedSet("mnist", "https://storage.googleapis.com/cvdf-datasets/mnist/", digests, ""),
                List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
    }

    @Override
    public Splits load(Path folder, ImageOptions options, DataPlaces places) throws IOException {
        Path found = files.locate(folder, places, MnistSource::isWhole);
        ImageSet train = read(found, TRAIN_IMAGES, TRAIN_LABELS);
        ImageSet test = read(found, TEST_IMAGES, TEST_LABELS);
        return Splits.withTest(train, test, Math.max(1, train.size() / 12), ImageSets.SEED);
    }

    @Override
    public boolean isHere(DataPlaces places) {
        return places.has(files.name(), MnistSource::isWhole);
    }

    private ImageSet read(Path folder, String images, String labels) throws IOException {
        return Idx.read(files.name(), packedOrNot(folder, images), packedOrNot(folder, labels), classes);
    }

    private static boolean isWhole(Path folder) {
        return List.of(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS).stream()
                .allMatch(name -> Files.exists(packedOrNot(folder, name)));
    }

    private static Path packedOrNot(Path folder, String name) {
        Path plain = folder.resolve(name.substring(0, name.length() - ".gz".length()));
        return Files.exists(plain) ? plain : folder.resolve(name);
    }
}
