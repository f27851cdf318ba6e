package org.scorebook.model;

import org.scorebook.base.Require;

/**
 * What an {@link EnergyNet} is made of.
 *
 * @param channels C of the image, at least 1
 * @param side H and W of the image, divisible by 4
 * @param base channels after the first convolution; there are 2, 4 and 8 times as many after the others
 * @param pooled whether means of 2x2 pixels halve the image, in place of strides: three times the work, and no chequers in
 *     the gradient by the image
 * @param spectralNorm whether every weight is divided by its largest singular value
 * @param classes K, how many labels there are, at least 2; 0 for a network without
 */
public record EnergyShape(int channels, int side, int base, boolean pooled, boolean spectralNorm, int classes) {
    public EnergyShape {
        Require.atLeast("channels", channels, 1);
        Require.atLeast("base", base, 1);
        if (side < 4 || side % 4 != 0) {
            throw new IllegalArgumentException("side must be positive and divisible by 4, but is " + side);
        }
        if (classes < 0 || classes == 1) {
            throw new IllegalArgumentException("classes must be at least 2, or 0 for none, but is " + classes);
        }
    }

    /** Strided, without spectral normalization and classes: 130,305 parameters for 1x28x28 images and a base of 16. */
    public static EnergyShape of(int channels, int side, int base) {
        return new EnergyShape(channels, side, base, false, false, 0);
    }

    /** The largest that is usual, with a base of 64: 2,078,849 parameters for 3x32x32 images. */
    public static EnergyShape large(int channels, int side) {
        return of(channels, side, 64);
    }

    /** With pooling in place of strides; as many parameters. */
    public EnergyShape withPooling() {
        return new EnergyShape(channels, side, base, true, spectralNorm, classes);
    }

    /** With spectral normalization, which bounds how steep the energy can be. */
    public EnergyShape withSpectralNorm() {
        return new EnergyShape(channels, side, base, pooled, true, classes);
    }

    /** With a logit for each of so many classes. */
    public EnergyShape withClasses(int number) {
        return new EnergyShape(channels, side, base, pooled, spectralNorm, number);
    }
}
