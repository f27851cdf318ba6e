package org.scorebook.metric;

import ai.djl.ndarray.NDArray;

/** What a network expects of pixels that here are from -1 to 1; values beyond are cut off. */
public enum PixelScale {
    /** From -1 to 1. */
    SYMMETRIC {
        @Override
        NDArray of(NDArray images) {
            return images;
        }
    },

    /** From 0 to 1. */
    UNIT {
        @Override
        NDArray of(NDArray images) {
            return images.add(1).div(2);
        }
    },

    /** Whole numbers from 0 to 255, in float32: a picture as it would be stored. */
    BYTES {
        @Override
        NDArray of(NDArray images) {
            return images.add(1).mul(127.5f).round();
        }
    },

    /** From 0 to 1, then less the mean of ImageNet's colours and over their deviation, as torchvision's networks expect. */
    IMAGENET {
        @Override
        NDArray of(NDArray images) {
            NDArray mean = images.getManager().create(new float[] {0.485f, 0.456f, 0.406f});
            NDArray deviation = images.getManager().create(new float[] {0.229f, 0.224f, 0.225f});
            return UNIT.of(images).sub(mean.reshape(1, 3, 1, 1)).div(deviation.reshape(1, 3, 1, 1));
        }
    };

    /** @param images of shape (B, C, H, W), from -1 to 1 */
    abstract NDArray of(NDArray images);
}
