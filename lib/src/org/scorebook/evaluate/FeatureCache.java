package org.scorebook.evaluate;

import ai.djl.ndarray.NDManager;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.Caches;
import org.scorebook.base.Names;
import org.scorebook.base.Require;
import org.scorebook.data.ImageSet;
import org.scorebook.data.Splits;
import org.scorebook.metric.ClassifierFeatures;
import org.scorebook.metric.FeatureExtractor;
import org.scorebook.model.Classifier;
import org.scorebook.recipe.ProgressListener;
import org.scorebook.train.Classification;
import org.scorebook.weights.Safetensors;

/**
 * Classifiers for their features, each trained once for a data set and kept in a folder.
 *
 * @param folder made where it is not there
 */
public record FeatureCache(Path folder) {
    private static final int SEED = 0;
    private static final int SEEN = 275_000;
    private static final int MOST_EPOCHS = 30;

    /** How many images say which set it is. */
    private static final int PROBES = 256;

    /** In {@code $XDG_CACHE_HOME/scorebook/classifiers} or {@code ~/.cache/scorebook/classifiers}. */
    public static FeatureCache ofThisUser() {
        return new FeatureCache(Caches.folder().resolve("classifiers"));
    }

    /** What the listener is told is being done where a classifier is trained. */
    public static String work(String data) {
        return "training the classifier of " + data;
    }

    /**
     * Whether the classifier of a data set is in the folder.
     *
     * @param epochs as below
     */
    public boolean has(Splits splits, String data, int epochs) {
        return Files.exists(file(name(splits, data, training(splits, epochs))));
    }

    /**
     * The features of the classifier of a data set, which is trained where it is not in the folder, or damaged there.
     *
     * @param epochs 0 for as many as see about 275,000 images, at most 30
     */
    public FeatureExtractor features(Splits splits, String data, int epochs, NDManager manager, ProgressListener work)
            throws IOException {
        ImageSet train = splits.train();
        Classification training = training(splits, epochs);
        String name = name(splits, data, training);
        // drawing parameters takes random numbers: what comes after must not depend on whether they were needed
        manager.getEngine().setRandomSeed(SEED);
        Classifier classifier = classifier(train, manager);
        Path file = file(name);
        if (!load(file, classifier, manager)) {
            Files.createDirectories(folder);
            Closeable lock = lock(name);
            try {
                if (!load(file, classifier, manager)) {
                    train(classifier, splits, training, data, work);
                    manager.getEngine().setRandomSeed(SEED);
                    AtomicFiles.write(file, place -> Safetensors.write(place, classifier.state()));
                }
            } finally {
                lock.close();
            }
        }
        return new ClassifierFeatures("classifier " + name, classifier);
    }

    /** Of several processes that need a classifier, such as the tasks of an array job, one trains it and the others wait. */
    private Closeable lock(String name) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.lock();
        } catch (IOException | OverlappingFileLockException e) {
            // a file system without locks, or another thread: at the worst both train it, and the second to end
            // replaces the same
        }
        return channel;
    }

    /** A classifier as fast as that of a data set, which has learned nothing: to measure how long features take. */
    public static FeatureExtractor untrained(Splits splits, NDManager manager) {
        return new ClassifierFeatures("untrained classifier", classifier(splits.train(), manager));
    }

    private static Classifier classifier(ImageSet train, NDManager manager) {
        return new Classifier(
                manager, train.channels(), Math.max(2, train.classNames().size()));
    }

    private static Classification training(Splits splits, int epochs) {
        Require.atLeast("classifier-epochs", epochs, 0);
        return Classification.of(epochs == 0 ? epochs(splits.train().size()) : epochs, SEED);
    }

    private static String name(Splits splits, String data, Classification training) {
        return Names.ofFile(data, "data") + "-" + hash(splits.train(), training).substring(0, 12);
    }

    private Path file(String name) {
        return folder.resolve(name + ".safetensors");
    }

    private static int epochs(int images) {
        return Math.max(1, Math.min(MOST_EPOCHS, Math.round((float) SEEN / images)));
    }

    private static boolean load(Path file, Classifier classifier, NDManager manager) {
        try (NDManager arrays = manager.newSubManager()) {
            classifier.load(Safetensors.read(file, arrays));
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false; // not there, or not whole: it is made anew
        }
    }

    private static void train(
            Classifier classifier, Splits splits, Classification training, String data, ProgressListener work) {
        long perEpoch = (splits.train().size() + training.batchSize() - 1) / training.batchSize();
        long total = training.epochs() * perEpoch;
        training.train(
                classifier, splits.train(), splits.validation(), (step, loss) -> work.at(work(data), step, total));
    }

    /** Of the settings, all labels and some images: folders of pictures are all called alike. */
    private static String hash(ImageSet set, Classification training) {
        MessageDigest digest = sha256();
        String text = set.imageShape() + " " + set.classNames() + " " + training;
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        ByteBuffer labels = ByteBuffer.allocate(4 * set.size());
        IntStream.of(set.labels()).forEach(labels::putInt);
        digest.update(labels.array());
        float[] image = new float[(int) set.imageShape().size()];
        ByteBuffer values = ByteBuffer.allocate(4 * image.length);
        for (int i = 0; i < Math.min(PROBES, set.size()); i++) {
            set.fill((int) ((long) i * set.size() / Math.min(PROBES, set.size())), false, image, 0);
            values.clear().asFloatBuffer().put(image);
            digest.update(values.array());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
