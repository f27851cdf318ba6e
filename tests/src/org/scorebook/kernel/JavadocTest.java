package org.scorebook.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class JavadocTest {
    private static String text(String comment) {
        return Javadoc.text(Javadoc.html(comment));
    }

    @Test
    void inlineTags() {
        assertEquals(
                "<p><code>a &lt; {b}</code> and x &amp; y</p>", Javadoc.html(" {@code a < {b}} and {@literal x & y}"));
        assertEquals(
                "List, size() and the size",
                text("{@link List}, {@link #size()} and {@linkplain List#size() the size}"));
        assertEquals("Map.Entry and Map.get(Object)", text("{@link Map.Entry} and {@link Map#get(Object)}"));
        assertEquals("seen", text("{@index seen}"));
    }

    @Test
    void blockTags() {
        assertEquals(
                "First.\n\nSecond.\n\nx: the point\n\n<T>: kind\n\nreturns one\n\nthrows Error if not",
                text(
                        " First.\n <p>Second.\n @param x the\n   point\n @param <T> kind\n @return one\n @throws Error if not\n"
                                + " @since 1\n @see List\n"));
    }

    @Test
    void commentWithoutMainText() {
        assertEquals("returns the name", text("@return the name"));
    }

    @Test
    void bracesThatDoNotMatchStay() {
        assertEquals("{@code open", text("{@code open"));
    }
}
