package org.scorebook.plot;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.util.List;

/** A title that is never cut off: in two lines, then in smaller letters, where the place is too narrow for it. */
final class Heading {
    private static final int SMALLEST = 7;

    private Heading() {}

    /**
     * Draws text centred on a base line within bounds; two lines stand around it, the last 6 pixels below.
     *
     * @param font where there is room; narrower places get two lines of a smaller size
     * @param left bound of the text, in CSS pixels
     * @param right likewise
     */
    static void draw(Graphics2D g, String text, Font font, double centre, double baseline, double left, double right) {
        double room = right - left;
        int size = font.getSize();
        g.setFont(font);
        List<String> lines = List.of(text);
        while (widest(g.getFontMetrics(), lines) > room && size > SMALLEST) {
            size--;
            g.setFont(font.deriveFont((float) size));
            lines = size > font.getSize() - 3 ? List.of(text) : halves(text);
        }
        FontMetrics metrics = g.getFontMetrics();
        for (int k = 0; k < lines.size(); k++) {
            double width = metrics.stringWidth(lines.get(k));
            double x = Math.max(left, Math.min(right - width, centre - width / 2));
            double y = baseline + 6 * (lines.size() - 1) - (lines.size() - 1 - k) * (size + 3);
            g.drawString(lines.get(k), (float) x, (float) y);
        }
    }

    /** The font, or a smaller one in which a single line of text has room. */
    static Font fitting(String text, Font font, double room) {
        FontRenderContext context = new FontRenderContext(null, true, true);
        double width = font.getStringBounds(text, context).getWidth();
        float size = (float) Math.floor(font.getSize() * Math.min(1, room / width));
        return font.deriveFont(Math.max(SMALLEST, size));
    }

    private static int widest(FontMetrics metrics, List<String> lines) {
        return lines.stream().mapToInt(metrics::stringWidth).max().orElse(0);
    }

    /** Broken at the space nearest to the middle. */
    private static List<String> halves(String text) {
        int middle = text.length() / 2;
        int before = text.lastIndexOf(' ', middle);
        int after = text.indexOf(' ', middle);
        int cut = after < 0 || before >= 0 && middle - before < after - middle ? before : after;
        return cut < 0 ? List.of(text) : List.of(text.substring(0, cut), text.substring(cut + 1));
    }
}
