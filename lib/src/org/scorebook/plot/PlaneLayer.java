package org.scorebook.plot;

import java.awt.Graphics2D;

/** One thing drawn on a plane, over those added before it. */
interface PlaneLayer {
    void draw(Graphics2D g, PlotArea area);
}
