package org.scorebook.config;

import java.util.EnumSet;
import java.util.Set;

/** The table of how time and class can enter a U-Net. */
public enum Conditioning implements Choice {
    FILM("time and class scale and shift", true),
    ADD("time and class shift", false);

    private final String help;
    private final boolean scales;

    Conditioning(String help, boolean scales) {
        this.help = help;
        this.scales = scales;
    }

    @Override
    public String help() {
        return help;
    }

    @Override
    public Set<ModelKind> fits() {
        return EnumSet.of(ModelKind.DIFFUSION, ModelKind.SCORE);
    }

    boolean scales() {
        return scales;
    }

    @Override
    public String toString() {
        return key();
    }
}
