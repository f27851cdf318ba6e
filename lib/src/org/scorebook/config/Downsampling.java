package org.scorebook.config;

import java.util.EnumSet;
import java.util.Set;

/** The table of how the convolutions of an energy can halve images. */
public enum Downsampling implements Choice {
    STRIDED("every second pixel of a convolution", false),
    POOLED("means of 2x2 pixels, after a convolution that keeps the size", true);

    private final String help;
    private final boolean pools;

    Downsampling(String help, boolean pools) {
        this.help = help;
        this.pools = pools;
    }

    @Override
    public String help() {
        return help;
    }

    @Override
    public Set<ModelKind> fits() {
        return EnumSet.of(ModelKind.ENERGY);
    }

    boolean pools() {
        return pools;
    }

    @Override
    public String toString() {
        return key();
    }
}
