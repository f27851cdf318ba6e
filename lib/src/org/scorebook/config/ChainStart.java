package org.scorebook.config;

import java.util.Set;

/** The table of where the chains of an energy's training can start. */
public enum ChainStart implements Choice {
    BUFFER("where earlier ones ended", true),
    NOISE("in noise", false),
    DATA("in the images of the batch", false);

    private final String help;
    private final boolean keepsChains;

    ChainStart(String help, boolean keepsChains) {
        this.help = help;
        this.keepsChains = keepsChains;
    }

    @Override
    public String help() {
        return help;
    }

    @Override
    public Set<ModelKind> fits() {
        return Set.of(ModelKind.ENERGY);
    }

    /** Whether the ends of chains are kept for later ones. */
    public boolean keepsChains() {
        return keepsChains;
    }

    @Override
    public String toString() {
        return key();
    }
}
