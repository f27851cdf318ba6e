package org.scorebook.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.SplittableRandom;

/** Where standard normal numbers come from: a sampler or a loss draws none by itself. */
@FunctionalInterface
public interface Noise {
    /**
     * Fresh independent numbers from N(0, 1).
     *
     * @param x gives shape, type and manager
     */
    NDArray like(NDArray x);

    /** From the engine's own generator, which {@link org.scorebook.aten.Torch#manager} seeds. */
    static Noise engine() {
        return x -> x.getManager().randomNormal(0, 1, x.getShape(), x.getDataType());
    }

    /** From a generator of its own: the same numbers whatever else draws from the engine, on any device. */
    static Noise seeded(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return x -> {
            double[] numbers = new double[Math.toIntExact(x.size())];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = random.nextGaussian();
            }
            NDArray wide = x.getManager().create(numbers, x.getShape());
            if (x.getDataType() == DataType.FLOAT64) {
                return wide;
            }
            try (wide) {
                return wide.toType(x.getDataType(), false);
            }
        };
    }
}
