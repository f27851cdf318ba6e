package org.scorebook.config;

/** The table of how time and class can enter a U-Net. */
public enum Conditioning implements Choice {
    FILM("they scale and shift", true),
    ADD("they shift", false);

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

    boolean scales() {
        return scales;
    }

    @Override
    public String toString() {
        return key();
    }
}
