package org.scorebook.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.data.ImageSet;
import org.scorebook.data.ImageSets;
import org.scorebook.data.Splits;
import org.scorebook.metric.FeatureExtractor;
import org.scorebook.metric.MannWhitney;
import org.scorebook.metric.NearestNeighbours;
import org.scorebook.recipe.ProgressListener;

/** Of emoji, whose training images are more than are compared at a time; the features are the pixels. */
class MemorisationTest {
    private static final FeatureExtractor PIXELS = new FeatureExtractor() {
        @Override
        public String name() {
            return "pixels";
        }

        @Override
        public int dimension() {
            return 3 * 32 * 32;
        }

        @Override
        public NDArray features(NDArray images) {
            return images.reshape(images.getShape().get(0), -1).duplicate(); // the images' memory goes with them
        }
    };

    private static Splits splits;

    @BeforeAll
    static void load() throws IOException {
        splits = ImageSets.load("emoji");
    }

    private static Memorisation of(NDArray drawn, NDManager manager) {
        return Memorisation.of(
                drawn, features(splits.test(), manager), splits.train(), PIXELS, manager, ProgressListener.SILENT);
    }

    private static NDArray features(ImageSet set, NDManager manager) {
        return FeatureSet.features(PIXELS, set, 0, set.size(), manager);
    }

    @Test
    void copiesAreSeen(@Seeded(1) NDManager manager) {
        NDArray copies = features(splits.train(), manager).get("1400:1500");
        Memorisation copied = of(copies, manager);
        assertEquals(0, copied.drawn(), 0);
        assertTrue(copied.nearer().p() < 1e-6, copied.toString());
        NDArray noisy = copies.add(manager.randomNormal(copies.getShape()).mul(0.02));
        assertTrue(of(noisy, manager).nearer().p() < 1e-6);
    }

    @Test
    void heldOutImagesAreNoCopies(@Seeded(1) NDManager manager) {
        NDArray held = features(splits.validation(), manager);
        Memorisation honest = of(held, manager);
        assertTrue(honest.nearer().p() > 0.01, honest.toString());
        assertEquals(0.5, honest.nearer().auroc(), 0.1);
        double[][] near = NearestNeighbours.of(held, features(splits.train(), manager), 50)
                .distances();
        double[] sorted = Arrays.stream(near)
                .mapToDouble(row -> row[0] / Arrays.stream(row).average().orElseThrow())
                .sorted()
                .toArray();
        assertEquals(191, sorted.length);
        assertEquals(sorted[95], honest.drawn(), 1e-9, "the same in chunks as at once");
    }

    /** Of a Gaussian's images those nearer to its middle are nearer to the training images, but to all alike. */
    @Test
    void typicalImagesAreNoCopies(@Seeded(1) NDManager manager) {
        byte[] bytes = new byte[1500 * 20];
        Random random = new Random(1);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(127.5 + 25.5 * random.nextGaussian()); // 5 deviations to the end of the scale
        }
        ImageSet train = new ImageSet("gaussian", bytes, 1, 4, 5, new int[1500], List.of("one"));
        NDArray test = manager.randomNormal(new Shape(200, 20)).mul(0.2);
        NDArray typical = manager.randomNormal(new Shape(200, 20)).mul(0.15);
        Memorisation found = Memorisation.of(typical, test, train, PIXELS, manager, ProgressListener.SILENT);
        assertTrue(found.nearer().auroc() > 0.4, found.toString());
        NDArray all = features(train, manager);
        MannWhitney plain = MannWhitney.less(nearest(typical, all), nearest(test, all));
        assertTrue(plain.auroc() < 0.2, "the distance alone takes them for copies: " + plain);
    }

    private static double[] nearest(NDArray points, NDArray set) {
        return Arrays.stream(NearestNeighbours.of(points, set, 1).distances())
                .mapToDouble(row -> row[0])
                .toArray();
    }

    /** Half of the images are copies, the others are far from all. */
    @Test
    void someCopiesAmongOthersAreSeenLess(@Seeded(1) NDManager manager) {
        NDArray copies = features(splits.train(), manager).get("0:100");
        NDArray far = manager.randomUniform(-20, 20, copies.getShape());
        Memorisation mixed = of(copies.concat(far), manager);
        assertEquals(0.5, mixed.nearer().auroc(), 0.01, "copies are below nearly all, the others above all");
        assertTrue(mixed.nearer().p() > 0.01, "a limit of the figure");
    }
}
