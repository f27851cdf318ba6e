package org.scorebook.recipe;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.SplittableRandom;
import org.scorebook.score.Noise;

/** Noise of which each image has its own source, so that an image is the same whichever others are drawn with it. */
final class ImageNoise implements Noise {
    private final SplittableRandom[] sources;

    /** @param images that a row each is for */
    ImageNoise(List<PlannedImage> images) {
        sources = images.stream().map(ImageNoise::source).toArray(SplittableRandom[]::new);
    }

    private static SplittableRandom source(PlannedImage image) {
        long base = new SplittableRandom(image.seed()).nextLong();
        return new SplittableRandom(new SplittableRandom(base + image.number()).nextLong());
    }

    /** @param x of shape (B, ...), a row for each image */
    @Override
    public NDArray like(NDArray x) {
        float[] numbers = new float[Math.toIntExact(x.size())];
        int size = numbers.length / sources.length;
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) sources[i / size].nextGaussian();
        }
        return x.getManager().create(numbers, x.getShape()).toType(x.getDataType(), false);
    }
}
