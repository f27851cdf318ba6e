package org.scorebook.plot;

import java.awt.Color;
import java.util.List;

/** The colours of all pictures: Okabe and Ito's set, which readers with colour blindness can tell apart. */
public final class Palette {
    public static final Color BLUE = new Color(0x0072B2);
    public static final Color ORANGE = new Color(0xD55E00);
    public static final Color GREEN = new Color(0x009E73);
    public static final Color PURPLE = new Color(0xCC79A7);
    public static final Color SKY = new Color(0x56B4E9);
    public static final Color AMBER = new Color(0xE69F00);
    public static final Color INK = new Color(0x22262B);
    public static final Color GREY = new Color(0x7A828C);
    public static final Color LINE = new Color(0xDDE1E6);
    public static final Color PAPER = Color.WHITE;

    /** In the order in which the series of a chart take them. */
    public static final List<Color> SERIES = List.of(BLUE, ORANGE, GREEN, PURPLE, AMBER, SKY);

    /** Stops of viridis, which grows evenly in brightness and reads the same in grey. */
    private static final int[] VIRIDIS = {
        0x440154, 0x482878, 0x3E4A89, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C, 0xFDE725
    };

    private Palette() {}

    /** A colour from dark violet at 0 to yellow at 1. */
    static Color viridis(double share) {
        double place = Math.max(0, Math.min(1, share)) * (VIRIDIS.length - 1);
        int stop = (int) Math.min(place, VIRIDIS.length - 2);
        Color low = new Color(VIRIDIS[stop]);
        Color high = new Color(VIRIDIS[stop + 1]);
        double part = place - stop;
        return new Color(
                mix(low.getRed(), high.getRed(), part),
                mix(low.getGreen(), high.getGreen(), part),
                mix(low.getBlue(), high.getBlue(), part));
    }

    private static int mix(int low, int high, double part) {
        return (int) Math.round(low + part * (high - low));
    }
}
