package org.scorebook.plot;

import java.awt.image.BufferedImage;
import org.scorebook.base.Require;

/**
 * How the density of particles on a line changes with time: a histogram of them for each column of a heat map. Only the
 * histograms are kept, not the particles. Times may come in any order, forward or backward.
 */
public final class DensityOverTime {
    private final String title;
    private final Axis time;
    private final Axis value;
    private final int bins;
    private final double[][] densities;

    /**
     * A map to which no time has been added yet.
     *
     * @param title above the plot
     * @param time the horizontal axis
     * @param value the vertical axis: the particles' position
     * @param bins of each histogram, at least 1; about 100 look smooth
     * @param columns equal parts of the time axis, at least 1
     */
    public DensityOverTime(String title, Axis time, Axis value, int bins, int columns) {
        if (bins < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "bins and columns must be at least 1, but are " + bins + " and " + columns);
        }
        this.title = Require.given("title", title);
        this.time = Require.given("time", time);
        this.value = Require.given("value", value);
        this.bins = bins;
        this.densities = new double[columns][];
    }

    /**
     * Sets the column that contains a time, or replaces what it held.
     *
     * @param when on the time axis
     * @param positions of the particles, at least one; those beyond the value axis count towards the total, so that a
     *     column's area is the share of particles within
     */
    public DensityOverTime add(double when, float[] positions) {
        double share = time.share(when);
        double halfColumn = 0.5 / densities.length; // steps added up do not end exactly at the axis's end
        if (!(share >= -halfColumn && share <= 1 + halfColumn)) {
            throw new IllegalArgumentException(
                    "when must be from " + time.from() + " to " + time.to() + ", but is " + when);
        }
        int column = (int) Math.floor(share * densities.length);
        densities[Math.max(0, Math.min(densities.length - 1, column))] =
                Histogram.of(positions, value.from(), value.to(), bins).heights();
        return this;
    }

    /** The map of what was added so far; a column without a time of its own shows the nearest column that has one. */
    public HeatMap map() {
        double[][] filled = new double[densities.length][];
        for (int column = 0; column < filled.length; column++) {
            filled[column] = nearest(column);
        }
        return new HeatMap(title, "density", time, value, filled);
    }

    /** The {@link #map}, drawn. */
    public BufferedImage picture() {
        return map().picture();
    }

    private double[] nearest(int column) {
        for (int distance = 0; distance < densities.length; distance++) {
            for (int neighbour : new int[] {column - distance, column + distance}) {
                if (neighbour >= 0 && neighbour < densities.length && densities[neighbour] != null) {
                    return densities[neighbour];
                }
            }
        }
        throw new IllegalStateException("a density over time must have at least one time, but none was added");
    }
}
