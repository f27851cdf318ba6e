package org.scorebook.view;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scorebook.base.Require;
import org.scorebook.plot.Picture;

/**
 * Pictures computed beforehand, one for each value of a quantity or for each pair of values of two, which the page shows by
 * sliders: {@link Notebook#slider}. Where scripts do not run, and in print, some of them stand side by side.
 */
public final class Slider {
    /** A picture for each pair of values. */
    @FunctionalInterface
    public interface OfTwo {
        /** The picture at these values. */
        BufferedImage picture(double first, double second);
    }

    /** A quantity and the values that its slider can take, as they are read. */
    record Range(String name, List<String> values) {
        Range(String name, double[] values) {
            this(
                    Require.given("name", name),
                    Arrays.stream(values).mapToObj(Values::of).toList());
        }

        int size() {
            return values.size();
        }
    }

    private final List<Range> ranges;
    private final List<BufferedImage> pictures;
    private String title = "";

    private Slider(List<Range> ranges, List<BufferedImage> pictures) {
        this.ranges = ranges;
        this.pictures = pictures;
        BufferedImage first = pictures.get(0);
        for (BufferedImage picture : pictures) {
            if (picture.getWidth() != first.getWidth() || picture.getHeight() != first.getHeight()) {
                throw new IllegalArgumentException("pictures must have one size, but there are " + first.getWidth()
                        + " x " + first.getHeight() + " and " + picture.getWidth() + " x " + picture.getHeight());
            }
        }
    }

    /**
     * A picture for each value of a quantity; a dozen are enough for a motion.
     *
     * @param name the quantity's symbol, with its unit where it has one
     * @param values at least 2
     * @param picture draws the picture at a value; all have one size
     */
    public static Slider over(String name, double[] values, DoubleFunction<BufferedImage> picture) {
        Require.given("name", name);
        Require.given("values", values);
        Require.given("picture", picture);
        requireSeveral("values", values);
        List<BufferedImage> pictures = Arrays.stream(values).mapToObj(picture).toList();
        return new Slider(List.of(new Range(name, values)), pictures);
    }

    /**
     * A picture for each pair of values of two quantities, which have a slider each.
     *
     * @param firstValues at least 2
     * @param secondValues at least 2
     * @param picture draws the picture at a pair of values; all have one size
     */
    public static Slider over(
            String firstName, double[] firstValues, String secondName, double[] secondValues, OfTwo picture) {
        Require.given("firstName", firstName);
        Require.given("secondName", secondName);
        Require.given("firstValues", firstValues);
        Require.given("secondValues", secondValues);
        Require.given("picture", picture);
        requireSeveral("firstValues", firstValues);
        requireSeveral("secondValues", secondValues);
        List<BufferedImage> pictures = new ArrayList<>();
        for (double first : firstValues) {
            for (double second : secondValues) {
                pictures.add(picture.picture(first, second));
            }
        }
        return new Slider(List.of(new Range(firstName, firstValues), new Range(secondName, secondValues)), pictures);
    }

    /** Sets what stands above the sliders: what all pictures are of. */
    public Slider title(String newTitle) {
        title = Require.given("newTitle", newTitle);
        return this;
    }

    String title() {
        return title;
    }

    List<Range> ranges() {
        return ranges;
    }

    List<BufferedImage> pictures() {
        return pictures;
    }

    /** The values of a picture, such as {@code eta = 0.5, steps = 20}. */
    String caption(int k) {
        int last = ranges.get(ranges.size() - 1).size();
        Stream<String> each = ranges.size() == 1
                ? Stream.of(equation(ranges.get(0), k))
                : Stream.of(equation(ranges.get(0), k / last), equation(ranges.get(1), k % last));
        return each.collect(Collectors.joining(", "));
    }

    /** What a picture shows, in words. */
    String description(int k) {
        String seen = Picture.description(pictures.get(k));
        return Stream.of(title, caption(k), seen)
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining(". "));
    }

    /** The pictures that stand for all: the first, the middle and the last, or those of the ends of both ranges. */
    List<Integer> stills() {
        int size = pictures.size();
        int last = ranges.get(ranges.size() - 1).size() - 1;
        Stream<Integer> chosen =
                ranges.size() == 1 ? Stream.of(0, size / 2, size - 1) : Stream.of(0, last, size - 1 - last, size - 1);
        return chosen.distinct().toList();
    }

    private static String equation(Range range, int place) {
        return range.name() + " = " + range.values().get(place);
    }

    private static void requireSeveral(String name, double[] values) {
        if (values.length < 2) {
            throw new IllegalArgumentException(name + " must be at least 2, but are " + Arrays.toString(values));
        }
    }
}
