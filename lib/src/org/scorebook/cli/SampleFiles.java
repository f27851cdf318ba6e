package org.scorebook.cli;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.Require;
import org.scorebook.plot.ImageGrid;
import org.scorebook.plot.Picture;
import org.scorebook.terminal.OutputFile;

/** The files that images are drawn into: a grid, and in a folder each by itself. */
final class SampleFiles {
    private static final int LARGEST_GRID = 1024;

    /** What a picture of so many pixels takes is 400 MB. */
    private static final long MOST_PIXELS = 100_000_000;

    /** The file has 2 x 2 pixels for each of the page. */
    private static final int FILE_PIXELS = 4;

    private final Path grid;
    private final Path directory;
    private final int shown;
    private final int columns;
    private final int scale;
    private final List<BufferedImage> kept = new ArrayList<>();
    private int written;

    /**
     * @param grid a PNG file, or null
     * @param directory or null for none
     * @param columns or null for about as many as rows
     */
    SampleFiles(Path grid, Path directory, int number, Integer columns, int scale) {
        this.grid = (grid != null ? grid : directory != null ? directory.resolve("grid.png") : Path.of("samples.png"))
                .toAbsolutePath();
        this.directory = directory;
        this.shown = Math.min(number, LARGEST_GRID);
        this.columns = columns == null ? (int) Math.ceil(Math.sqrt(shown)) : columns;
        this.scale = scale;
        Require.atLeast("number", number, 1);
        Require.atLeast("columns", this.columns, 1);
        Require.atLeast("scale", scale, 1);
        if (directory == null && number > LARGEST_GRID) {
            throw new IllegalArgumentException(
                    "number must be at most " + LARGEST_GRID + " without --output-dir, but is " + number);
        }
        if (!this.grid.toString().endsWith(".png")) {
            throw new IllegalArgumentException("output must be a file name that ends in .png, but is " + grid);
        }
        if (directory != null) {
            OutputFile.requireFolder("output-dir", directory.toAbsolutePath());
        }
        OutputFile.require("output", this.grid);
    }

    /**
     * Checks the scale before anything is drawn.
     *
     * @param height of an image, in pixels
     * @param width of an image, in pixels
     */
    void requireFit(long height, long width) {
        double across = Math.min(columns, shown);
        double pixels = across * Math.ceil(shown / across) * width * height * FILE_PIXELS;
        int largest = Math.max(1, (int) Math.sqrt(MOST_PIXELS / pixels));
        if (scale > largest) {
            throw new IllegalArgumentException("scale must be at most " + largest + " for a grid of "
                    + (shown == 1 ? "one image" : shown + " images") + " of " + width + " x " + height + ", but is "
                    + scale);
        }
    }

    /** Writes the next images, where single files are wanted, and keeps those that the grid shows. */
    void add(NDArray images) throws IOException {
        for (BufferedImage picture : ImageGrid.pictures(images)) {
            if (directory != null) {
                Files.write(directory.resolve("%05d.png".formatted(written)), Picture.png(picture));
            }
            if (written < shown) {
                kept.add(picture);
            }
            written++;
        }
    }

    /** Writes the grid; returns a line for each thing that was written. */
    List<String> writeGrid() throws IOException {
        AtomicFiles.write(grid, Picture.png(ImageGrid.of(kept, columns, scale)));
        List<String> lines = new ArrayList<>();
        if (directory != null) {
            lines.add("wrote " + written + " images to " + directory);
        }
        lines.add("wrote " + grid + ", a grid of " + (shown < written ? "the first " + shown : shown + " images"));
        return lines;
    }
}
