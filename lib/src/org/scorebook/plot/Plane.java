package org.scorebook.plot;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import org.scorebook.base.Require;

/**
 * A plot of the plane with one scale for both axes: a density as colours, a vector field as arrows, points and paths, each
 * drawn over those added before it. What lies beyond the axes is not drawn.
 */
public final class Plane {
    private static final int CELLS = 160;
    private static final int ARROWS = 20;
    private static final double MOST_UNEQUAL = 4;

    private final String title;
    private final Axis horizontal;
    private final Axis vertical;
    private final List<PlaneLayer> layers = new ArrayList<>();
    private final Set<String> contents = new LinkedHashSet<>();
    private boolean coloured;
    private ColourScale range;
    private ColourScale newest; // of the newest density's own values
    private String barTitle;
    private int size = 330;

    /**
     * An empty plane. Its plot is a square where the axes span the same length.
     *
     * @param title above the plot
     * @param horizontal the axis of the first coordinate
     * @param vertical the axis of the second coordinate, upwards; spans from a quarter to four times the first one's length
     */
    public Plane(String title, Axis horizontal, Axis vertical) {
        Require.given("horizontal", horizontal);
        Require.given("vertical", vertical);
        double ratio = (vertical.to() - vertical.from()) / (horizontal.to() - horizontal.from());
        if (ratio > MOST_UNEQUAL || ratio < 1 / MOST_UNEQUAL) {
            throw new IllegalArgumentException("vertical must span from a quarter to four times what horizontal spans,"
                    + " since both have one scale, but spans " + ratio + " times as much");
        }
        this.title = Require.given("title", title);
        this.horizontal = horizontal;
        this.vertical = vertical;
    }

    /**
     * Sets the width of the whole picture, 330 at first: three stand side by side on a notebook page. The height follows.
     *
     * @param width in CSS pixels, at least 160
     */
    public Plane size(int width) {
        if (width < 160) {
            throw new IllegalArgumentException("width must be at least 160, but is " + width);
        }
        size = width;
        return this;
    }

    /**
     * Sets the values of the darkest and the brightest colour of densities, so that several planes can share them; without
     * it they are each density's least and largest value.
     */
    public Plane range(double low, double high) {
        range = ColourScale.chosen(low, high);
        return this;
    }

    /**
     * Shows what the colours mean: a bar to the right of the plot, which makes the picture wider by as much. It needs a
     * {@link #range}, or a density given before.
     *
     * @param quantity that the colours stand for
     */
    public Plane colourBar(String quantity) {
        Require.given("quantity", quantity);
        if (range == null && !coloured) {
            throw new IllegalArgumentException("a colour bar must have a density or a range before it, but has neither");
        }
        barTitle = quantity;
        return this;
    }

    /**
     * A density as colours over the whole plane.
     *
     * @param values finite; values[i][j] is the cell i from the left and j from below, all rows of one length
     */
    public Plane density(double[][] values) {
        ColourScale.requireGrid(values);
        coloured = true;
        newest = ColourScale.of(values);
        return add("a density as colours", (g, area) -> (range == null ? ColourScale.of(values) : range)
                .fill(g, values, area.plot()));
    }

    /** A density as colours, from a function of both coordinates, evaluated at 160 x 160 points. */
    public Plane density(DoubleBinaryOperator function) {
        Require.given("function", function);
        PlaneGrid grid = PlaneGrid.of(horizontal, vertical, CELLS);
        double[][] values = new double[grid.columns()][grid.rows()];
        for (int i = 0; i < grid.columns(); i++) {
            for (int j = 0; j < grid.rows(); j++) {
                values[i][j] = function.applyAsDouble(grid.x(i), grid.y(j));
            }
        }
        return density(values);
    }

    /**
     * A density as colours, from a function of many points, called once with 160 x 160 of them.
     *
     * @param function from points (n, 2) in float32 to finite values (n) or (n, 1)
     * @param manager arrays that the function makes from its points are closed with a sub-manager of it
     */
    public Plane density(Function<NDArray, NDArray> function, NDManager manager) {
        PlaneGrid grid = PlaneGrid.of(horizontal, vertical, CELLS);
        double[] flat = grid.evaluate(function, manager, new Shape(grid.size()), new Shape(grid.size(), 1));
        double[][] values = new double[grid.columns()][];
        Arrays.setAll(values, i -> Arrays.copyOfRange(flat, i * grid.rows(), (i + 1) * grid.rows()));
        return density(values);
    }

    /** A vector field as arrows of proportional length on a grid of 20 x 20. */
    public Plane arrows(Function<NDArray, NDArray> field, NDManager manager) {
        return arrows(field, manager, ARROWS, ArrowLength.PROPORTIONAL);
    }

    /**
     * A vector field as arrows, centred on the points of a grid: white over a density, dark on paper.
     *
     * @param field from points (n, 2) in float32 to finite vectors (n, 2); called once
     * @param manager arrays that the function makes from its points are closed with a sub-manager of it
     * @param across how many along the longer axis, from 2 to 60
     */
    public Plane arrows(Function<NDArray, NDArray> field, NDManager manager, int across, ArrowLength lengths) {
        if (across < 2 || across > 60) {
            throw new IllegalArgumentException("across must be from 2 to 60, but is " + across);
        }
        PlaneGrid grid = PlaneGrid.of(horizontal, vertical, across);
        double[] vectors = grid.evaluate(field, manager, new Shape(grid.size(), 2));
        return add("arrows", new Quiver(grid, vectors, lengths, coloured));
    }

    /** Points as small translucent dots; rows of two finite coordinates. */
    public Plane points(float[][] rows, Color colour) {
        return add("points", new Dots(rows, colour));
    }

    /** Points as small translucent dots: an array (n, 2) of finite coordinates, which stays open. */
    public Plane points(NDArray rows, Color colour) {
        return points(Coordinates.of(rows), colour);
    }

    /** Paths as thin lines with a dot at the end; each is one path's points in order, rows of two finite coordinates. */
    public Plane paths(List<float[][]> paths, Color colour) {
        return add("paths", new Trails(paths, colour));
    }

    /** As {@link #paths(List, Color)}; paths[k][step] holds the two coordinates. */
    public Plane paths(double[][][] paths, Color colour) {
        return paths(
                Arrays.stream(Require.given("paths", paths))
                        .map(Coordinates::of)
                        .toList(),
                colour);
    }

    /** The plane with all that was added, drawn. */
    public BufferedImage picture() {
        return drawing().picture(size);
    }

    /** The plane without its title, of a given width in CSS pixels. */
    BufferedImage compact(int width) {
        return drawing().compact(width);
    }

    private PlaneDrawing drawing() {
        String seen = "Plane of " + Seen.axis(horizontal) + " and " + Seen.axis(vertical)
                + (contents.isEmpty() ? "" : ", with " + String.join(", ", contents));
        ColourBar bar = barTitle == null ? null : new ColourBar(barTitle, range == null ? newest : range);
        return new PlaneDrawing(title, seen, horizontal, vertical, layers, bar);
    }

    private Plane add(String what, PlaneLayer layer) {
        contents.add(what);
        layers.add(layer);
        return this;
    }
}
