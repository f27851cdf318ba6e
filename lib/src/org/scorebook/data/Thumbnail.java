package org.scorebook.data;

import java.awt.image.BufferedImage;

/**
 * The middle square of a picture at another size. Each new value is the mean of the old ones around it with the weights of
 * Keys' cubic (a = -1/2), which is stretched when the picture shrinks, so that no detail finer than a new pixel is left to
 * alias; the same as Pillow's {@code BICUBIC} and unlike Java's, which always takes 4 x 4 pixels.
 *
 * <p>Source: Keys, Cubic Convolution Interpolation for Digital Image Processing (1981), equation 15; Parmar, Zhang and Zhu,
 * On Aliased Resizing and Surprising Subtleties in GAN Evaluation (2022), on why it matters.
 */
final class Thumbnail {
    private Thumbnail() {}

    /**
     * @param picture in any size
     * @param side of the result in pixels
     * @return its red, green and blue plane
     */
    static byte[] square(BufferedImage picture, int side) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        double scale = (double) Math.min(width, height) / side;
        Tap[] columns = taps(width, scale, side);
        Tap[] rows = taps(height, scale, side);
        byte[] source = Pixels.planes(picture, 0, 0, width, height);
        byte[] result = new byte[3 * side * side];
        for (int channel = 0; channel < 3; channel++) {
            float[] narrow = new float[height * side];
            for (int i = 0; i < narrow.length; i++) {
                int line = (channel * height + i / side) * width;
                narrow[i] = columns[i % side].of(source, line);
            }
            for (int i = 0; i < side * side; i++) {
                float value = rows[i / side].of(narrow, i % side, side);
                result[channel * side * side + i] = (byte) Math.round(Math.max(0, Math.min(255, value)));
            }
        }
        return result;
    }

    /** For each new pixel along an axis of the given length, what it is made of. */
    private static Tap[] taps(int length, double scale, int side) {
        Tap[] taps = new Tap[side];
        double start = (length - scale * side) / 2;
        for (int i = 0; i < side; i++) {
            taps[i] = Tap.around(start + (i + 0.5) * scale, Math.max(scale, 1), length);
        }
        return taps;
    }

    /** Neighbouring values from a first one on, and their weights, which add up to 1. */
    private record Tap(int first, float[] weights) {
        static Tap around(double centre, double stretch, int length) {
            int first = Math.max(0, (int) (centre - 2 * stretch + 0.5));
            int end = Math.min(length, (int) (centre + 2 * stretch + 0.5));
            float[] weights = new float[end - first];
            float sum = 0;
            for (int k = 0; k < weights.length; k++) {
                weights[k] = (float) cubic(Math.abs(first + k + 0.5 - centre) / stretch);
                sum += weights[k];
            }
            for (int k = 0; k < weights.length; k++) {
                weights[k] /= sum;
            }
            return new Tap(first, weights);
        }

        private static double cubic(double s) {
            if (s < 1) {
                return (1.5 * s - 2.5) * s * s + 1;
            }
            return s < 2 ? ((-0.5 * s + 2.5) * s - 4) * s + 2 : 0;
        }

        float of(byte[] values, int offset) {
            float sum = 0;
            for (int k = 0; k < weights.length; k++) {
                sum += weights[k] * (values[offset + first + k] & 0xff);
            }
            return sum;
        }

        float of(float[] values, int offset, int stride) {
            float sum = 0;
            for (int k = 0; k < weights.length; k++) {
                sum += weights[k] * values[offset + (first + k) * stride];
            }
            return sum;
        }
    }
}
