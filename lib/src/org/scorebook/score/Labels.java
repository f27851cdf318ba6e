package org.scorebook.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.scorebook.aten.Recorded;
import org.scorebook.base.Require;

/**
 * Checks of class labels: whole numbers from 0 to K, of which K, the number of classes, means no class. What can be known
 * without waiting for a device is checked at each use; the numbers themselves once for labels that stay the same
 * ({@link ConditionalField#given}, {@link Guided}), for asking a GPU for them would stop it at every step.
 */
public final class Labels {
    private Labels() {}

    /**
     * Labels of any number of points: their type, their shape and each number.
     *
     * @param classes K
     * @return the labels
     */
    public static NDArray require(NDArray labels, int classes) {
        if (requireWhole(labels).size() == 0) {
            return labels;
        }
        try (NDArray least = labels.min();
                NDArray largest = labels.max();
                NDArray first = least.toType(DataType.INT64, true);
                NDArray last = largest.toType(DataType.INT64, true)) {
            if (first.getLong() < 0 || last.getLong() > classes) {
                throw new IllegalArgumentException("labels must be from 0 to " + (classes - 1) + ", or " + classes
                        + " for no class, but are from " + first.getLong() + " to " + last.getLong());
            }
        }
        return labels;
    }

    /**
     * Labels of some points: type and shape always, the numbers where nothing has to be waited for, on a CPU.
     *
     * @param batch B, how many points
     */
    public static NDArray requireFor(long batch, NDArray labels, int classes) {
        requireShape(labels, batch);
        return labels instanceof Recorded || labels.getDevice().isGpu()
                ? requireWhole(labels)
                : require(labels, classes);
    }

    /** One label for each point, or one for all. */
    public static void requireShape(NDArray labels, long batch) {
        Require.given("labels", labels);
        if (labels.getShape().dimension() != 1 || (labels.size() != 1 && labels.size() != batch)) {
            throw new IllegalArgumentException(
                    "labels must have shape (1) or (" + batch + "), but have " + labels.getShape());
        }
    }

    private static NDArray requireWhole(NDArray labels) {
        Require.given("labels", labels);
        if (labels.getShape().dimension() != 1) {
            throw new IllegalArgumentException("labels must have shape (B) or (1), but have " + labels.getShape());
        }
        if (labels.getDataType() != DataType.INT64 && labels.getDataType() != DataType.INT32) {
            throw new IllegalArgumentException("labels must be int64, but are "
                    + labels.getDataType()
                    + ": create them from a long[], or convert whole numbers with toType(DataType.INT64, false)");
        }
        return labels;
    }
}
