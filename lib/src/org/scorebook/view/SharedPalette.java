package org.scorebook.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Few colours that stand for all those of some pictures, by median cut: the box of colours with the largest squared error
 * is split at its mean until there are enough. Colours are told apart to 5 bits a channel; up to that, few stay as they are.
 */
final class SharedPalette {
    private static final int BINS = 1 << 15;

    /** Colours of one bin: how many pixels have them, and their mean red, green and blue. */
    private record Bin(int key, double count, double[] mean) {}

    /** Bins that one colour shall stand for. */
    private record Box(List<Bin> bins) {
        double mean(int channel) {
            double sum = 0;
            double count = 0;
            for (Bin bin : bins) {
                sum += bin.count() * bin.mean()[channel];
                count += bin.count();
            }
            return sum / count;
        }

        double error(int channel) {
            double mean = mean(channel);
            double error = 0;
            for (Bin bin : bins) {
                error += bin.count() * Math.pow(bin.mean()[channel] - mean, 2);
            }
            return error;
        }

        int widest() {
            return IntStream.range(0, 3)
                    .boxed()
                    .max(Comparator.comparingDouble(this::error))
                    .orElseThrow();
        }

        double error() {
            return bins.size() == 1 ? 0 : error(widest());
        }

        List<Box> halves() {
            int channel = widest();
            double mean = mean(channel);
            return List.of(
                    new Box(bins.stream()
                            .filter(bin -> bin.mean()[channel] <= mean)
                            .toList()),
                    new Box(bins.stream()
                            .filter(bin -> bin.mean()[channel] > mean)
                            .toList()));
        }

        int colour() {
            return (int) Math.round(mean(0)) << 16 | (int) Math.round(mean(1)) << 8 | (int) Math.round(mean(2));
        }
    }

    private final int[] colours;
    private final byte[] indices = new byte[BINS];

    /**
     * @param pictures the pixels of each, as 0xRRGGBB
     * @param most colours, at least 1
     */
    SharedPalette(List<int[]> pictures, int most) {
        List<Box> boxes = new ArrayList<>(List.of(new Box(bins(pictures))));
        while (boxes.size() < most) {
            Box worst =
                    boxes.stream().max(Comparator.comparingDouble(Box::error)).orElseThrow();
            if (worst.error() == 0) {
                break;
            }
            boxes.remove(worst);
            boxes.addAll(worst.halves());
        }
        colours = boxes.stream().mapToInt(Box::colour).toArray();
        for (int k = 0; k < colours.length; k++) {
            for (Bin bin : boxes.get(k).bins()) {
                indices[bin.key()] = (byte) k;
            }
        }
    }

    /** The colours as 0xRRGGBB. */
    int[] colours() {
        return colours;
    }

    /** Which of the colours stands for a pixel of the pictures. */
    int index(int pixel) {
        return indices[key(pixel)] & 0xFF;
    }

    private static int key(int pixel) {
        return (pixel >> 19 & 31) << 10 | (pixel >> 11 & 31) << 5 | pixel >> 3 & 31;
    }

    private static List<Bin> bins(List<int[]> pictures) {
        double[][] sums = new double[BINS][4];
        for (int[] picture : pictures) {
            for (int pixel : picture) {
                double[] sum = sums[key(pixel)];
                sum[0] += pixel >> 16 & 255;
                sum[1] += pixel >> 8 & 255;
                sum[2] += pixel & 255;
                sum[3]++;
            }
        }
        return IntStream.range(0, BINS)
                .filter(key -> sums[key][3] > 0)
                .mapToObj(key -> {
                    double[] sum = sums[key];
                    return new Bin(key, sum[3], new double[] {sum[0] / sum[3], sum[1] / sum[3], sum[2] / sum[3]});
                })
                .toList();
    }
}
