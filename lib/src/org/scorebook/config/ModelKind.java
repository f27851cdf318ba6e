package org.scorebook.config;

import java.util.Locale;

/**
 * What a training makes of a network, by its {@link ObjectiveKind}. The set is closed: what depends on it is a switch over all
 * three.
 */
public enum ModelKind {
    /** Predicts noise, data or velocity at the time steps of a schedule. */
    DIFFUSION("time steps", "a network that was trained on time steps"),

    /** Gives the score at noise levels. */
    SCORE("noise levels", "a network that was trained on noise levels"),

    /** Gives an energy, whose negative gradient is a score. */
    ENERGY("energies", "an energy");

    private final String ground;
    private final String one;

    ModelKind(String ground, String one) {
        this.ground = ground;
        this.one = one;
    }

    /** What all of the kind stand on, such as {@code noise levels}. */
    public String ground() {
        return ground;
    }

    /** A model of the kind in a sentence, such as {@code an energy}. */
    String one() {
        return one;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
