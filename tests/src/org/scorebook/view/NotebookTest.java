package org.scorebook.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Printed.printed;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.scorebook.Seeded;
import org.scorebook.plot.Charts;
import org.scorebook.plot.Picture;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class NotebookTest {
    @Test
    void aPictureIsDescribedByWhatIsSeenElseByItsSize() {
        XYChart losses = Charts.xy("Loss < 1", "step", "loss");
        Charts.line(losses, "loss", new double[] {1, 2}, new double[] {1, 0.5});
        String chart = Notebook.pictureHtml(Charts.picture(losses));
        assertTrue(chart.contains("alt=\"Loss &lt; 1. Chart of loss against step, with lines loss\""), chart);
        assertTrue(Notebook.pictureHtml(Picture.draw(3, 2, g -> {})).contains("alt=\"picture of 3 x 2\""));
    }

    @Test
    void anAnimationIsDescribedByItsFirstAndLastPicture() {
        List<BufferedImage> frames = Stream.of("t = 1", "t = 0.5", "t = 0")
                .map(title -> Picture.titled(title, Picture.draw(3, 2, g -> {})))
                .toList();
        assertEquals(
                "Animation of 3 pictures. The first: t = 1. The last: t = 0\n",
                printed(() -> Notebook.animation(frames, 100)));
    }

    @Test
    void outsideANotebookTextIsPrinted() {
        assertEquals("loss < 1\n", printed(() -> Notebook.html("<b>loss</b>  &lt; 1")));
        assertTrue(printed(() -> Notebook.table(Table.create("t", IntColumn.create("n", 1, 2))))
                .contains("n"));
    }

    /** The display of a kernel that is absent must not be needed to load the library. */
    @Test
    void libraryLoadsWithoutAnyKernelClass() throws Exception {
        URL classes = Notebook.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader = new WithoutKernels(classes)) {
            Class<?> facade = loader.loadClass(Notebook.class.getName());
            assertEquals(loader, facade.getClassLoader());
            String text = printed(() -> facade.getMethod("html", String.class).invoke(null, "<i>plain</i>"));
            assertEquals("plain\n", text);
            assertThrows(
                    ClassNotFoundException.class, () -> loader.loadClass("org.dflib.jjava.jupyter.kernel.BaseKernel"));
        }
    }

    @Test
    void tablesAlignNumbersAndShareDecimals() {
        String html = HtmlTable.of(Table.create(
                "a < b",
                StringColumn.create("name", "x", "<script>"),
                DoubleColumn.create("value", 12.34567, -0.5),
                DoubleColumn.create("tiny", 1.5e-7, 2),
                DoubleColumn.create("whole", -0.0, 1200),
                DoubleColumn.create("gap", Double.NaN, 1.25)));
        assertTrue(html.contains("a &lt; b</caption>"), html);
        assertTrue(html.contains("&lt;script&gt;"), html);
        assertEquals(
                List.of("x", "12.35", "1.500e-07", "0", "–", "&lt;script&gt;", "-0.50", "2.000e+00", "1200", "1.25"),
                cells(html));
        assertTrue(html.contains("<td style=\"text-align:right"), html);
        assertTrue(html.contains("<td style=\"text-align:left"), html);
    }

    /** A number that was rounded gets no digits back, and the text has no other numbers than the page. */
    @Test
    void tablesShowNoMoreDigitsThanThereAre() {
        Table table = Table.create(
                "t",
                DoubleColumn.create("rounded", 0.3, 0.25),
                DoubleColumn.create("whole and half", 100, 2.5),
                DoubleColumn.create("measured", 1 / 3.0, 0.25));
        assertEquals(List.of("0.30", "100.0", "0.3333", "0.25", "2.5", "0.2500"), cells(HtmlTable.of(table)));
        String text = printed(() -> Notebook.table(table));
        assertTrue(text.contains("0.3333") && !text.contains("0.33333"), text);
        assertTrue(text.contains("0.30"), text);
    }

    @Test
    void severalRunsAreRoundedToWhatTheyAreWorth() {
        assertEquals("3.0 ± 1.4", Notebook.meanAndSpread(2, 4));
        assertEquals("0.0371 ± 0.0021", Notebook.meanAndSpread(0.0392, 0.0371, 0.0350));
        assertEquals("551 ± 71", Notebook.meanAndSpread(501, 601));
        assertEquals("1 ± 0", Notebook.meanAndSpread(1 + 1e-14, 1 - 1e-14));
        assertEquals("0.333 ± 0", Notebook.meanAndSpread(1 / 3.0, 1 / 3.0, 1 / 3.0));
        assertEquals(
                "runs must be at least 2 finite numbers, but are [1.0]", message(() -> Notebook.meanAndSpread(1.0)));
        assertEquals(
                "runs must be at least 2 finite numbers, but are [1.0, NaN]",
                message(() -> Notebook.meanAndSpread(1.0, Double.NaN)));
    }

    @Test
    void numbersToBeRead() {
        assertEquals(
                List.of("0", "0.5", "-1.23", "1000"),
                Stream.of(0.0, 0.5, -1.2345, 1000.0).map(Notebook::number).toList());
    }

    @Test
    void progressIsShownOnceThenUpdated() {
        List<String> calls = new ArrayList<>();
        Display recorder = (html, text, id, update) -> calls.add(
                (update ? "update " : "new ") + text.replaceAll("\\(.*", "").strip());
        try (Progress progress = new Progress(recorder, "training", 20)) {
            for (int i = 0; i < 20; i++) {
                progress.step();
            }
        }
        assertEquals("new training: 0 of 20", calls.get(0));
        assertEquals("update training: 20 of 20", calls.get(calls.size() - 1));
        assertTrue(calls.stream().skip(1).allMatch(call -> call.startsWith("update ")), calls.toString());
    }

    @Test
    void progressRefusesImpossibleCounts() {
        Display nowhere = (html, text, id, update) -> {};
        assertThrows(IllegalArgumentException.class, () -> new Progress(nowhere, "t", 0));
        Progress progress = new Progress(nowhere, "t", 3);
        assertEquals("done must be from 0 to 3, but is 4", message(() -> progress.to(4, "")));
    }

    @Test
    void valuesOfSmallArrays(@Seeded(0) NDManager manager) {
        assertEquals("7.0", Notebook.values(manager.create(7f)));
        assertEquals("(4.0, 2.0)", Notebook.values(manager.create(new float[] {4, 2})));
        assertEquals("((1, 2), (3, 4))", Notebook.values(manager.create(new int[][] {{1, 2}, {3, 4}})));
        assertEquals("array of shape (2000)", Notebook.values(manager.zeros(new ai.djl.ndarray.types.Shape(2000))));
    }

    @Test
    void imgElementHoldsTheWholeFile() {
        byte[] content = {1, 2, 3, 4, 5, 6, 7};
        String html = Notebook.img("image/gif", content, 12, 8, "a \"b\" <c>");
        assertTrue(html.startsWith(
                "<img width=\"12\" height=\"8\" alt=\"a &quot;b&quot; &lt;c&gt;\" src=\"data:image/gif;base64,"));
        String data = html.substring(html.indexOf("base64,") + 7, html.lastIndexOf('"'));
        assertArrayEquals(content, Base64.getDecoder().decode(data));
    }

    private static List<String> cells(String html) {
        List<String> cells = new ArrayList<>();
        var matcher = java.util.regex.Pattern.compile("<td[^>]*>([^<]*)</td>").matcher(html);
        while (matcher.find()) {
            cells.add(matcher.group(1));
        }
        return cells;
    }

    /** Loads the library itself, and for everything else asks the tests' class path, but for kernels. */
    private static final class WithoutKernels extends URLClassLoader {
        WithoutKernels(URL classes) throws IOException {
            super(new URL[] {classes, Path.of("nowhere").toUri().toURL()}, NotebookTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.dflib.") || name.startsWith("io.github.spencerpark.")) {
                throw new ClassNotFoundException(name);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                return name.startsWith("org.scorebook.") ? findClass(name) : super.loadClass(name, resolve);
            }
        }
    }
}
