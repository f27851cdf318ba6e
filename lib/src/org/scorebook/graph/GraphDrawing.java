package org.scorebook.graph;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.CubicCurve2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.scorebook.graph.ComputationGraph.Node;
import org.scorebook.plot.Palette;
import org.scorebook.plot.Picture;

/** Draws a computation graph in columns: a node stands one column to the right of the last of its inputs. */
final class GraphDrawing {
    private static final int COLUMN_GAP = 96;
    private static final int ARROW_ENDS = 30;
    private static final int ROW_GAP = 26;
    private static final int MARGIN = 20;
    private static final int TITLE_HEIGHT = 34;
    private static final int LEGEND_HEIGHT = 30;
    private static final int LEGEND_WIDTH = 480;
    private static final int LINE_HEIGHT = 18;
    private static final Font TITLE = Picture.font(15, Font.BOLD);
    private static final Font LABEL = Picture.font(14, Font.BOLD);
    private static final Font TEXT = Picture.font(12, Font.PLAIN);
    private static final Color TRACKED_FILL = new Color(0xE8F2FA);

    private final ComputationGraph graph;
    private final List<Node> nodes;
    private final Map<String, Integer> columns = new HashMap<>();
    private final Map<String, Rectangle2D> boxes = new HashMap<>();
    private final FontMetrics labelMetrics;
    private final FontMetrics textMetrics;
    private final int titleWidth;
    private double width;
    private double height;

    GraphDrawing(ComputationGraph graph) {
        this.graph = graph;
        this.nodes = graph.nodes();
        Graphics2D ruler = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        Picture.smooth(ruler);
        labelMetrics = ruler.getFontMetrics(LABEL);
        textMetrics = ruler.getFontMetrics(TEXT);
        titleWidth = ruler.getFontMetrics(TITLE).stringWidth(graph.title());
        ruler.dispose();
        assignColumns();
        place();
    }

    BufferedImage picture() {
        return Picture.draw(
                graph.title(), GraphText.of(graph), (int) Math.ceil(width), (int) Math.ceil(height), this::draw);
    }

    private void assignColumns() {
        for (Node node : nodes) {
            columns.put(
                    node.name(),
                    1 + node.inputs().stream().mapToInt(columns::get).max().orElse(-1));
        }
        for (Node node : nodes) { // a leaf moves next to its first use, so that its arrow is short
            if (node.leaf()) {
                nodes.stream()
                        .filter(user -> user.inputs().contains(node.name()))
                        .mapToInt(user -> columns.get(user.name()))
                        .min()
                        .ifPresent(first -> columns.put(node.name(), first - 1));
            }
        }
    }

    private void place() {
        int last = columns.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        double x = MARGIN;
        double tallest = 0;
        for (int column = 0; column <= last; column++) {
            tallest = Math.max(tallest, columnHeight(inColumn(column)));
        }
        for (int column = 0; column <= last; column++) {
            List<Node> here = inColumn(column);
            double wide = here.stream().mapToDouble(this::boxWidth).max().orElse(0);
            double y = TITLE_HEIGHT + MARGIN / 2.0 + (tallest - columnHeight(here)) / 2;
            for (Node node : here) {
                boxes.put(node.name(), new Rectangle2D.Double(x, y, wide, boxHeight(node)));
                y += boxHeight(node) + ROW_GAP;
            }
            x += wide;
            width = x + MARGIN;
            x += gapAfter(here);
        }
        width = Math.max(width, 2 * MARGIN + titleWidth);
        width = Math.max(width, LEGEND_WIDTH);
        height = TITLE_HEIGHT + MARGIN + tallest + LEGEND_HEIGHT;
    }

    /** Wide enough for the derivatives at the arrows that begin here, their heads beside them. */
    private double gapAfter(List<Node> column) {
        return column.stream()
                .flatMap(from -> nodes.stream().map(to -> graph.derivative(from.name(), to)))
                .mapToDouble(text -> textMetrics.stringWidth(text) + ARROW_ENDS)
                .reduce(COLUMN_GAP, Math::max);
    }

    private List<Node> inColumn(int column) {
        return nodes.stream().filter(n -> columns.get(n.name()) == column).toList();
    }

    private double columnHeight(List<Node> column) {
        return column.stream().mapToDouble(this::boxHeight).sum() + ROW_GAP * Math.max(0, column.size() - 1);
    }

    private double boxWidth(Node node) {
        int text = Math.max(textMetrics.stringWidth(node.value()), textMetrics.stringWidth(graph.gradient(node)));
        return 28 + Math.max(labelMetrics.stringWidth(node.label()), text);
    }

    private double boxHeight(Node node) {
        return 16 + LINE_HEIGHT * (graph.gradient(node).isEmpty() ? 2 : 3);
    }

    private void draw(Graphics2D g) {
        g.setFont(TITLE);
        g.drawString(graph.title(), MARGIN, 24);
        for (Node node : nodes) {
            node.inputs().forEach(input -> drawEdge(g, graph.find(input), node));
        }
        nodes.forEach(node -> drawNode(g, node));
        drawLegend(g);
    }

    private void drawNode(Graphics2D g, Node node) {
        Rectangle2D box = boxes.get(node.name());
        double corner = node.leaf() ? 8 : box.getHeight();
        var shape =
                new RoundRectangle2D.Double(box.getX(), box.getY(), box.getWidth(), box.getHeight(), corner, corner);
        g.setColor(node.tracked() ? TRACKED_FILL : Palette.PAPER);
        g.fill(shape);
        outline(g, node.tracked());
        g.draw(shape);
        g.setColor(Palette.INK);
        centred(g, LABEL, labelMetrics, node.label(), box, 0);
        centred(g, TEXT, textMetrics, node.value(), box, 1);
        g.setColor(Palette.ORANGE);
        centred(g, TEXT, textMetrics, graph.gradient(node), box, 2);
    }

    private static void centred(Graphics2D g, Font font, FontMetrics metrics, String text, Rectangle2D box, int line) {
        g.setFont(font);
        float x = (float) (box.getCenterX() - metrics.stringWidth(text) / 2.0);
        g.drawString(text, x, (float) (box.getY() + 21 + line * LINE_HEIGHT));
    }

    private static void outline(Graphics2D g, boolean tracked) {
        g.setColor(tracked ? Palette.BLUE : Palette.GREY);
        float[] dashes = tracked ? null : new float[] {5, 4};
        g.setStroke(new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0));
    }

    private void drawEdge(Graphics2D g, Node from, Node to) {
        Rectangle2D start = boxes.get(from.name());
        Rectangle2D end = boxes.get(to.name());
        double spread = (to.inputs().indexOf(from.name()) + 1.0) / (to.inputs().size() + 1);
        Point2D a = new Point2D.Double(start.getMaxX(), start.getCenterY());
        Point2D b = new Point2D.Double(end.getX() - 2, end.getY() + end.getHeight() * spread);
        double bend = Math.max(30, (b.getX() - a.getX()) / 2);
        outline(g, from.tracked() && to.tracked());
        g.draw(new CubicCurve2D.Double(
                a.getX(), a.getY(), a.getX() + bend, a.getY(), b.getX() - bend, b.getY(), b.getX() - 6, b.getY()));
        arrowHead(g, b);
        if (from.tracked() && !to.tracked()) {
            drawCut(g, a, b);
        }
        drawDerivative(g, graph.derivative(from.name(), to), a, b);
    }

    private static void arrowHead(Graphics2D g, Point2D tip) {
        Path2D head = new Path2D.Double();
        head.moveTo(tip.getX(), tip.getY());
        head.lineTo(tip.getX() - 9, tip.getY() - 4.5);
        head.lineTo(tip.getX() - 9, tip.getY() + 4.5);
        head.closePath();
        g.fill(head);
    }

    /** A cross where the gradient cannot pass. */
    private static void drawCut(Graphics2D g, Point2D a, Point2D b) {
        double x = (a.getX() + b.getX()) / 2;
        double y = (a.getY() + b.getY()) / 2;
        g.setColor(Palette.ORANGE);
        g.setStroke(new BasicStroke(3f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(new java.awt.geom.Line2D.Double(x - 6, y - 6, x + 6, y + 6));
        g.draw(new java.awt.geom.Line2D.Double(x - 6, y + 6, x + 6, y - 6));
    }

    private void drawDerivative(Graphics2D g, String text, Point2D a, Point2D b) {
        if (text.isEmpty()) {
            return;
        }
        double w = textMetrics.stringWidth(text);
        double x = (a.getX() + b.getX() - w) / 2;
        double y = (a.getY() + b.getY()) / 2 - 6;
        g.setColor(Palette.PAPER);
        g.fill(new Rectangle2D.Double(x - 3, y - 12, w + 6, 16));
        g.setColor(Palette.ORANGE);
        g.setFont(TEXT);
        g.drawString(text, (float) x, (float) y);
    }

    private void drawLegend(Graphics2D g) {
        double y = height - 12;
        g.setFont(TEXT);
        double x = legendEntry(g, MARGIN, y, true, "tracked by autograd");
        x = legendEntry(g, x, y, false, "not tracked");
        g.setColor(Palette.ORANGE);
        g.drawString("orange: derivatives", (float) x, (float) y);
    }

    private double legendEntry(Graphics2D g, double x, double y, boolean tracked, String text) {
        outline(g, tracked);
        g.draw(new java.awt.geom.Line2D.Double(x, y - 4, x + 28, y - 4));
        g.setColor(Palette.INK);
        g.drawString(text, (float) x + 34, (float) y);
        return x + 34 + textMetrics.stringWidth(text) + 22;
    }
}
