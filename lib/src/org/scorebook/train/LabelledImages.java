package org.scorebook.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import org.scorebook.base.Require;
import org.scorebook.data.ImageSet;

/** Images with their classes, which are taken by number. */
public interface LabelledImages {
    /**
     * Some of them.
     *
     * @param images of shape (B, C, H, W)
     * @param labels of shape (B), int64, from 0
     */
    record Batch(NDArray images, NDArray labels) {}

    /** How many there are. */
    int size();

    /**
     * The images with these numbers, in this order.
     *
     * @param manager that the batch belongs to
     * @param numbers from 0 to size - 1
     */
    Batch batch(NDManager manager, int[] numbers);

    /**
     * A set in memory.
     *
     * @param images of shape (N, C, H, W), which stay their owner's
     * @param labels of shape (N), int64
     */
    static LabelledImages of(NDArray images, NDArray labels) {
        if (images.getShape().dimension() != 4
                || labels.getShape().dimension() != 1
                || images.getShape().get(0) != labels.getShape().get(0)) {
            throw new IllegalArgumentException("images and labels must have shapes (N, C, H, W) and (N), but have "
                    + images.getShape() + " and " + labels.getShape());
        }
        if (labels.getDataType() != DataType.INT64) {
            throw new IllegalArgumentException("labels must be int64, but are " + labels.getDataType()
                    + ": create them from a long[], or convert whole numbers with toType(DataType.INT64, false)");
        }
        int size = Math.toIntExact(images.getShape().get(0));
        return new LabelledImages() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public Batch batch(NDManager manager, int[] numbers) {
                NDArray rows = manager.create(numbers);
                Batch batch = new Batch(images.get(rows), labels.get(rows));
                batch.images().attach(manager);
                batch.labels().attach(manager);
                return batch;
            }
        };
    }

    /** A set of {@code data}, from -1 to 1. */
    static LabelledImages of(ImageSet set) {
        Require.given("set", set);
        return new LabelledImages() {
            @Override
            public int size() {
                return set.size();
            }

            @Override
            public Batch batch(NDManager manager, int[] numbers) {
                long[] labels = Arrays.stream(numbers).mapToLong(set::label).toArray();
                return new Batch(set.images(manager, numbers), manager.create(labels));
            }
        };
    }
}
