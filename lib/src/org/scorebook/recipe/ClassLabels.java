package org.scorebook.recipe;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.scorebook.base.Names;
import org.scorebook.base.Require;
import org.scorebook.data.ImageSet;

/** Which classes to draw. */
public final class ClassLabels {
    /** What is written for no class. */
    public static final String NONE = "none";

    private ClassLabels() {}

    /**
     * The classes of a list, over and over, for as many images.
     *
     * @param classes numbers from 0, names or {@code none}, with commas between; null for all classes that the network knows
     * @param number of images, at least 1
     * @return one an image; the number of classes for no class
     * @throws IllegalArgumentException for a class that the network does not know
     */
    public static int[] parse(String classes, int number, TrainedModel model) {
        return parse(classes, number, model.classes(), model.classNames());
    }

    /**
     * As above, for a network of which this is known.
     *
     * @param known how many classes it was trained with, 0 for none
     * @param names of the data's classes
     */
    public static int[] parse(String classes, int number, int known, List<String> names) {
        Require.atLeast("number", number, 1);
        int[] list = classes == null
                ? IntStream.range(0, Math.max(1, known)).toArray()
                : Arrays.stream(classes.split(",", -1))
                        .mapToInt(text -> label(text.strip(), known, names))
                        .toArray();
        return IntStream.range(0, number).map(i -> list[i % list.length]).toArray();
    }

    private static int label(String text, int known, List<String> names) {
        if (text.equalsIgnoreCase(NONE)) {
            return known;
        }
        if (known == 0) {
            throw new IllegalArgumentException(
                    "classes must be left out or none, but is " + text + ": the network was trained without classes");
        }
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(text)) {
                return i;
            }
        }
        if (!text.matches("-?\\d{1,9}")) {
            throw Names.unknown("class", text.toLowerCase(Locale.ROOT), names);
        }
        return Require.index("class", Integer.parseInt(text), known);
    }

    /** As many images, with classes as frequent as in a set; no class for a network without classes. */
    public static int[] like(ImageSet set, int number, TrainedModel model) {
        Require.atLeast("number", number, 1);
        if (model.classes() == 0) {
            return new int[number];
        }
        int[] sorted = set.labels();
        Arrays.sort(sorted);
        return IntStream.range(0, number)
                .map(i -> sorted[(int) ((i + 0.5) / number * sorted.length)])
                .toArray();
    }
}
