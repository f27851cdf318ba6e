package org.scorebook.graph;

import ai.djl.ndarray.types.Shape;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.scorebook.base.Require;
import org.scorebook.model.UNet;
import org.scorebook.plot.Palette;
import org.scorebook.plot.Picture;

/**
 * A U-Net as a picture: the way down on the left, the way up on the right, the middle below, and at each arrow the shape of what
 * goes along it.
 */
public final class NetworkDiagram {
    private static final int WIDTH = 900;
    private static final int MARGIN = 24;
    private static final int BOX_WIDTH = 216;
    private static final int BOX_HEIGHT = 44;
    private static final int STEP = BOX_HEIGHT + 28;
    private static final int TOP = 134;
    private static final String NOTE =
            "Residual blocks also get the embedding. Numbers behind kinds: trained parameters.";
    private static final Font NAME = Picture.font(13, Font.BOLD);
    private static final Font TEXT = Picture.font(12, Font.PLAIN);
    private static final Color FILL = new Color(0xE8F2FA);

    private final String title;
    private final List<UNet.Part> embeddings;
    private final List<UNet.Part> chain;
    private final Map<String, Rectangle2D> boxes = new HashMap<>();
    private final int height;

    private NetworkDiagram(String title, List<UNet.Part> parts) {
        this.title = title;
        embeddings =
                parts.stream().filter(part -> part.output().dimension() == 1).toList();
        chain = parts.stream().filter(part -> part.output().dimension() == 3).toList();
        height = place();
    }

    /**
     * Draws a network, 900 pixels of the page wide.
     *
     * @param title above it
     * @param parts of {@link org.scorebook.model.UNet#parts} or {@link org.scorebook.model.SimpleUNet#parts}
     */
    public static BufferedImage of(String title, List<UNet.Part> parts) {
        Require.given("title", title);
        if (Require.given("parts", parts).stream()
                .allMatch(part -> part.joined().isEmpty())) {
            throw new IllegalArgumentException(
                    "parts must be of a U-Net, where some join what others gave, but none of " + parts.size()
                            + " does");
        }
        NetworkDiagram diagram = new NetworkDiagram(title, parts);
        return Picture.draw(title, diagram.seen(), WIDTH, diagram.height, diagram::draw);
    }

    /** Gives each part its box: parts that are joined stand in one row. Returns the picture's height. */
    private int place() {
        List<UNet.Part> up = new ArrayList<>();
        int last = 0;
        for (UNet.Part part : chain) {
            last = Math.max(last, indexOf(part.joined()));
        }
        int smallest = Math.toIntExact(
                chain.stream().mapToLong(p -> p.output().get(1)).min().orElseThrow());
        while (chain.get(last).output().get(1) > smallest) {
            last++; // what halves once more is on the way down, too
        }
        int first = chain.size() - 1;
        while (first > last
                && (chain.get(first).output().get(1) > smallest
                        || !chain.get(first).joined().isEmpty())) {
            up.add(chain.get(first--));
        }
        int row = 0;
        int left = 0;
        int right = 0;
        while (left <= last || right < up.size()) {
            int pair = pairFrom(up, right);
            int toLeft = pair < 0 ? last + 1 - left : indexOf(up.get(pair).joined()) - left;
            int toRight = pair < 0 ? up.size() - right : pair - right;
            int rows = Math.max(toLeft, toRight) + (pair < 0 ? 0 : 1);
            int alone = pair < 0 ? 0 : 1;
            for (int k = 0; k < toLeft + alone; k++) {
                box(chain.get(left++), MARGIN, row + rows - alone - toLeft + k);
            }
            for (int k = 0; k < toRight + alone; k++) {
                box(up.get(right++), WIDTH - MARGIN - BOX_WIDTH, row + rows - alone - toRight + k);
            }
            row += rows;
        }
        List<UNet.Part> middle = chain.subList(last + 1, first + 1);
        double apart = (WIDTH - 2.0 * MARGIN - BOX_WIDTH) / Math.max(1, middle.size() - 1);
        for (int k = 0; k < middle.size(); k++) {
            box(middle.get(k), middle.size() == 1 ? (WIDTH - BOX_WIDTH) / 2.0 : MARGIN + k * apart, row);
        }
        return TOP + (row + 1) * STEP;
    }

    private static int pairFrom(List<UNet.Part> up, int start) {
        int k = start;
        while (k < up.size() && up.get(k).joined().isEmpty()) {
            k++;
        }
        return k < up.size() ? k : -1;
    }

    private int indexOf(String name) {
        return chain.stream().map(UNet.Part::name).toList().indexOf(name);
    }

    private void box(UNet.Part part, double x, int row) {
        boxes.put(part.name(), new Rectangle2D.Double(x, TOP + row * STEP, BOX_WIDTH, BOX_HEIGHT));
    }

    private void draw(Graphics2D g) {
        g.setFont(Picture.font(15, Font.BOLD));
        g.drawString(title, (WIDTH - g.getFontMetrics().stringWidth(title)) / 2, 24);
        for (int k = 0; k < embeddings.size(); k++) {
            double x = (WIDTH - BOX_WIDTH) / 2.0 + (k - (embeddings.size() - 1) / 2.0) * (BOX_WIDTH + 16);
            box(g, embeddings.get(k), new Rectangle2D.Double(x, 38, BOX_WIDTH, BOX_HEIGHT), Palette.PAPER);
        }
        centred(g, TEXT, NOTE, new Rectangle2D.Double(0, 0, WIDTH, TOP), 102);
        ends(g);
        for (int k = 1; k < chain.size(); k++) {
            arrow(g, chain.get(k - 1), chain.get(k));
        }
        for (UNet.Part part : chain) {
            if (!part.joined().isEmpty()) {
                skip(g, chain.get(indexOf(part.joined())), part);
            }
            box(g, part, boxes.get(part.name()), FILL);
        }
    }

    /** The image that comes in, and what comes out, which has its shape. */
    private void ends(Graphics2D g) {
        String image = shape(chain.get(chain.size() - 1));
        Rectangle2D in = boxes.get(chain.get(0).name());
        Rectangle2D out = boxes.get(chain.get(chain.size() - 1).name());
        g.setStroke(new BasicStroke(1.6f));
        line(g, in.getCenterX(), in.getY() - 28, in.getCenterX(), in.getY());
        line(g, out.getCenterX(), out.getY(), out.getCenterX(), out.getY() - 28);
        g.setFont(TEXT);
        g.drawString("image, " + image, (float) in.getCenterX() + 9, (float) in.getY() - 10);
        g.drawString(image, (float) out.getCenterX() + 9, (float) out.getY() - 10);
    }

    private static void box(Graphics2D g, UNet.Part part, Rectangle2D at, Color fill) {
        var shape = new RoundRectangle2D.Double(at.getX(), at.getY(), at.getWidth(), at.getHeight(), 10, 10);
        g.setColor(fill);
        g.fill(shape);
        g.setColor(Palette.BLUE);
        g.setStroke(new BasicStroke(1.4f));
        g.draw(shape);
        g.setColor(Palette.INK);
        centred(g, NAME, part.name() + (part.output().dimension() == 1 ? ": " + shape(part) + " numbers" : ""), at, 18);
        centred(g, TEXT, part.kind() + String.format(", %,d", part.parameters()), at, 35);
    }

    private static void centred(Graphics2D g, Font font, String text, Rectangle2D box, int down) {
        g.setFont(font);
        double x = box.getCenterX() - g.getFontMetrics().stringWidth(text) / 2.0;
        g.drawString(text, (float) x, (float) box.getY() + down);
    }

    /** Along the chain: down, up, or sideways in the middle. */
    private void arrow(Graphics2D g, UNet.Part from, UNet.Part to) {
        Rectangle2D a = boxes.get(from.name());
        Rectangle2D b = boxes.get(to.name());
        g.setColor(Palette.INK);
        g.setStroke(new BasicStroke(1.6f));
        if (a.getY() == b.getY()) {
            line(g, a.getMaxX(), a.getCenterY(), b.getX(), b.getCenterY());
            Rectangle2D between = new Rectangle2D.Double(a.getMaxX(), a.getY(), b.getX() - a.getMaxX(), BOX_HEIGHT);
            centred(g, TEXT, shape(from), between, BOX_HEIGHT / 2 - 8);
            return;
        }
        boolean down = b.getY() > a.getY();
        double x = Math.max(Math.max(a.getX(), b.getX()) + 20, Math.min(a.getCenterX(), b.getCenterX()));
        x = Math.min(x, Math.min(a.getMaxX(), b.getMaxX()) - 20);
        line(g, x, down ? a.getMaxY() : a.getY(), x, down ? b.getY() : b.getMaxY());
        g.setFont(TEXT);
        g.drawString(shape(from), (float) x + 9, (float) (down ? b.getY() - 10 : a.getY() - 10));
    }

    private void skip(Graphics2D g, UNet.Part from, UNet.Part to) {
        Rectangle2D a = boxes.get(from.name());
        Rectangle2D b = boxes.get(to.name());
        g.setColor(Palette.ORANGE);
        g.setStroke(new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0));
        line(g, a.getMaxX(), a.getCenterY(), b.getX(), b.getCenterY());
        g.setFont(TEXT);
        String text = shape(from) + " joined";
        g.drawString(text, (WIDTH - g.getFontMetrics().stringWidth(text)) / 2, (float) a.getCenterY() - 6);
    }

    private static void line(Graphics2D g, double x1, double y1, double x2, double y2) {
        g.draw(new Line2D.Double(x1, y1, x2, y2));
        double length = Point2D.distance(x1, y1, x2, y2);
        double ux = (x2 - x1) / length;
        double uy = (y2 - y1) / length;
        Path2D head = new Path2D.Double();
        head.moveTo(x2, y2);
        head.lineTo(x2 - 9 * ux - 4.5 * uy, y2 - 9 * uy + 4.5 * ux);
        head.lineTo(x2 - 9 * ux + 4.5 * uy, y2 - 9 * uy - 4.5 * ux);
        head.closePath();
        g.fill(head);
    }

    private static String shape(UNet.Part part) {
        return shape(part.output());
    }

    private static String shape(Shape shape) {
        return Arrays.stream(shape.getShape()).mapToObj(String::valueOf).collect(Collectors.joining(" \u00d7 "));
    }

    private String seen() {
        String steps = chain.stream()
                .map(part -> part.name() + ": " + part.kind() + ", gives " + shape(part)
                        + (part.joined().isEmpty() ? "" : ", sees " + part.joined() + " too"))
                .collect(Collectors.joining("; "));
        return "Diagram of a network. " + steps;
    }
}
