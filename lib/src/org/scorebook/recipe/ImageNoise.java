package org.scorebook.recipe;

import ai.djl.ndarray.NDArray;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.scorebook.score.Noise;

/** Noise of which each image has its own source, so that an image is the same whichever others are drawn with it. */
final class ImageNoise implements Noise {
    private final SplittableRandom[] sources;

    /**
     * @param seed of all images
     * @param first number of the first image
     * @param count how many follow each other
     */
    ImageNoise(long seed, int first, int count) {
        long base = new SplittableRandom(seed).nextLong();
        sources = IntStream.range(first, first + count)
                .mapToObj(i -> new SplittableRandom(new SplittableRandom(base + i).nextLong()))
                .toArray(SplittableRandom[]::new);
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
