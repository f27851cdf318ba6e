package org.scorebook.plot;

import java.awt.Graphics2D;
import java.awt.Rectangle;

/** What the colours of a plot mean: a bar to the right of it, with numbers and the quantity's name. */
record ColourBar(String title, ColourScale colours) {
    /** How much width it needs to the right of a plot, in CSS pixels. */
    static final int WIDTH = 92;

    private static final int GAP = 18;
    private static final int BAR = 14;

    void draw(Graphics2D g, Rectangle plot) {
        Rectangle bar = new Rectangle(plot.x + plot.width + GAP, plot.y, BAR, plot.height);
        for (int y = 0; y < bar.height; y++) {
            g.setColor(Palette.viridis(1 - y / (bar.height - 1.0)));
            g.fillRect(bar.x, bar.y + y, bar.width, 1);
        }
        double low = colours.low();
        new AxisDrawing(g, bar).right(new Axis(title, low, colours.high() > low ? colours.high() : low + 1));
    }
}
