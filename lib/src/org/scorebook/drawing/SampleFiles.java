package org.scorebook.drawing;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.Require;
import org.scorebook.plot.ImageGrid;
import org.scorebook.plot.Picture;
import org.scorebook.recipe.Drawing;
import org.scorebook.recipe.DrawingKey;
import org.scorebook.terminal.OutputFile;

/**
 * The files that images are drawn into: a grid, and in a folder each by itself. Where several processes draw a share each, they
 * share the folder, and the one that ends last makes the grid.
 */
final class SampleFiles implements Drawing.Sink {
    private static final String KEY = "drawing.json";
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
    private final int number;
    private final List<BufferedImage> kept = new ArrayList<>();
    private boolean shared;
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
        this.number = number;
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

    /**
     * Lets other processes write into the folder too, and keeps what is there of this drawing.
     *
     * @throws IllegalArgumentException if there is no folder, or the images in it are of another drawing
     */
    void share(DrawingKey key) throws IOException {
        if (directory == null) {
            throw new IllegalArgumentException(
                    "shard must be given with --output-dir, the folder that all shards share");
        }
        Set<String> there = there();
        if (there.contains(KEY)) {
            DrawingKey.read(directory.resolve(KEY)).requireSame(directory.toString(), key);
        } else if (there.stream().anyMatch(name -> name.matches("\\d{5,}[.]png"))) {
            throw new IllegalArgumentException("output-dir must be a folder for this drawing alone, but " + directory
                    + " has images and no " + KEY + " that says of what");
        } else {
            key.write(directory.resolve(KEY));
        }
        shared = true;
    }

    private Set<String> there() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private static String name(int image) {
        return "%05d.png".formatted(image);
    }

    @Override
    public boolean has(int first, int some) {
        return shared && IntStream.range(first, first + some).allMatch(i -> Files.exists(directory.resolve(name(i))));
    }

    /** Writes images, where single files are wanted, and keeps those that the grid shows. */
    @Override
    public void take(int first, NDArray images) throws IOException {
        List<BufferedImage> pictures = ImageGrid.pictures(images);
        for (int i = 0; i < pictures.size(); i++) {
            if (directory != null) {
                AtomicFiles.write(directory.resolve(name(first + i)), Picture.png(pictures.get(i)));
            }
            if (first + i < shown && !shared) {
                kept.add(pictures.get(i));
            }
            written++;
        }
    }

    /** How many images were taken. */
    int written() {
        return written;
    }

    /** Writes the grid, once all its images are there; returns a line for each thing that was written. */
    List<String> writeGrid() throws IOException {
        List<String> lines = new ArrayList<>();
        if (directory != null) {
            lines.add("wrote " + written + " images to " + directory);
        }
        if (shared && !isComplete()) {
            lines.add("the grid follows when the other shards have drawn all " + number + " images");
            return lines;
        }
        for (int i = 0; shared && i < shown; i++) {
            kept.add(ImageIO.read(directory.resolve(name(i)).toFile()));
        }
        AtomicFiles.write(grid, Picture.png(ImageGrid.of(kept, columns, scale)));
        lines.add("wrote " + grid + ", a grid of " + (shown < number ? "the first " + shown : shown + " images"));
        return lines;
    }

    private boolean isComplete() throws IOException {
        return there().containsAll(
                        IntStream.range(0, number).mapToObj(SampleFiles::name).toList());
    }
}
