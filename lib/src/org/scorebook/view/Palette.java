package org.scorebook.view;

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

    private Palette() {}
}
