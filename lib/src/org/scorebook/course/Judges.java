package org.scorebook.course;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.function.Function;
import org.scorebook.base.Require;

/** What an answer other than numbers must be. */
final class Judges {
    /** nbgrader's, too. */
    private static final String PLACEHOLDER = "YOUR ANSWER HERE";

    static final Judge TRUE = judge(
            "",
            answer -> Boolean.TRUE.equals(answer)
                    ? ""
                    : answer instanceof Boolean ? "this does not hold yet" : "came " + answer + " in place of true");

    private Judges() {}

    private static Judge judge(String claim, Function<Object, String> problem) {
        return new Judge() {
            @Override
            public String problem(Object answer) {
                return problem.apply(answer);
            }

            @Override
            public String claim() {
                return claim;
            }
        };
    }

    static Judge shape(long[] right) {
        String expected = "shape " + Numbers.shapeText(right);
        return judge(expected, answer -> {
            try {
                long[] came = Numbers.of(answer).shape();
                return Arrays.equals(came, right)
                        ? ""
                        : "expected " + expected + ", but came shape " + Numbers.shapeText(came);
            } catch (Numbers.None e) {
                return "expected an array of " + expected + ", but " + e.getMessage();
            }
        });
    }

    static Judge picture(int width, int height) {
        Require.atLeast("width", width, 1);
        Require.atLeast("height", height, 1);
        String expected = "a picture of at least " + width + " x " + height + " pixels";
        return judge(expected, answer -> {
            if (!(answer instanceof BufferedImage picture)) {
                return "expected " + expected + ", but came " + type(answer);
            }
            if (picture.getWidth() < width || picture.getHeight() < height) {
                return "expected " + expected + ", but came " + picture.getWidth() + " x " + picture.getHeight();
            }
            return isBlank(picture) ? "the picture is blank: all its pixels have one colour" : "";
        });
    }

    private static boolean isBlank(BufferedImage picture) {
        int width = picture.getWidth();
        int[] pixels = picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
        return Arrays.stream(pixels).allMatch(pixel -> pixel == pixels[0]);
    }

    static Judge text(int words) {
        Require.atLeast("words", words, 1);
        String expected = Wording.count(words, "word") + " or more";
        return judge("", answer -> {
            if (!(answer instanceof String text)) {
                return "expected a text of " + expected + ", but came " + type(answer);
            }
            if (text.isBlank() || text.strip().equalsIgnoreCase(PLACEHOLDER)) {
                return "there is no answer yet";
            }
            int count = text.strip().split("\\s+").length;
            return count >= words ? "" : "expected " + expected + ", but came " + count;
        });
    }

    private static String type(Object answer) {
        return answer == null ? "null" : "a value of type " + answer.getClass().getSimpleName();
    }
}
