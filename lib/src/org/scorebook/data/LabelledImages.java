package org.scorebook.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.scorebook.aten.Torch;
import org.scorebook.base.Require;

/** Images with their classes, which are taken by number. */
public interface LabelledImages {
    /** How many there are. */
    int size();

    /**
     * The images with these numbers, in this order.
     *
     * @param manager that the batch belongs to
     * @param rows from 0 to size - 1, at least one
     */
    Batch batch(NDManager manager, int... rows);

    /**
     * A set in memory.
     *
     * @param images of shape (N, C, H, W), which stay their owner's
     * @param labels of shape (N), int64
     */
    static LabelledImages of(NDArray images, NDArray labels) {
        Require.given("labels", labels);
        if (Require.given("images", images).getShape().dimension() != 4
                || labels.getShape().dimension() != 1
                || images.getShape().get(0) != labels.getShape().get(0)) {
            throw new IllegalArgumentException("images and labels must have shapes (N, C, H, W) and (N), but have "
                    + images.getShape() + " and " + labels.getShape());
        }
        if (labels.getDataType() != DataType.INT64) {
            throw new IllegalArgumentException("labels must be int64, but are " + labels.getDataType()
                    + ": create them from a long[], or convert whole numbers with toType(DataType.INT64, false)");
        }
        int[] classes =
                LongStream.of(labels.toLongArray()).mapToInt(Math::toIntExact).toArray();
        return new LabelledImages() {
            @Override
            public int size() {
                return classes.length;
            }

            @Override
            public Batch batch(NDManager manager, int... rows) {
                return new Batch(
                        Torch.rows(manager, images, rows),
                        IntStream.of(rows).map(row -> classes[row]).toArray());
            }
        };
    }
}
