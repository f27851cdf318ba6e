package org.scorebook.view;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.knowm.xchart.internal.chartpart.Chart;
import org.scorebook.base.Require;
import org.scorebook.plot.Charts;
import org.scorebook.plot.Picture;
import tech.tablesaw.api.Table;

/**
 * What a notebook cell shows, the same under IJava, JJava and Scorebook's own kernel; outside a notebook, text. A picture
 * may also simply be a cell's last value.
 */
public final class Notebook {
    private Notebook() {}

    /** Shows HTML. Scripts in it do not run in the exported page. */
    public static void html(String html) {
        show(Require.given("html", html), text(html));
    }

    /** Shows a table, with its name above it. */
    public static void table(Table table) {
        show(HtmlTable.of(Require.given("table", table)), HtmlTable.text(table));
    }

    /** Shows a picture; one from {@link Picture#draw} at half its pixels, sharply. */
    public static void picture(BufferedImage image) {
        show(pictureHtml(image), described(image));
    }

    /** The picture as a piece of HTML that contains it, for {@link #html} and {@link Live}. */
    public static String pictureHtml(BufferedImage image) {
        int ratio = Picture.pixelRatio(image);
        int width = image.getWidth() / ratio;
        int height = image.getHeight() / ratio;
        return img("image/png", Picture.png(image), width, height, described(image));
    }

    private static String described(BufferedImage image) {
        int ratio = Picture.pixelRatio(image);
        String text = Picture.description(image);
        return text.isBlank() ? "picture of " + image.getWidth() / ratio + " x " + image.getHeight() / ratio : text;
    }

    /** Shows a chart. */
    public static void chart(Chart<?, ?> chart) {
        picture(Charts.picture(chart));
    }

    /**
     * Shows pictures one after another, for ever.
     *
     * @param frames of one size
     * @param millis how long each stays
     */
    public static void animation(List<BufferedImage> frames, int millis) {
        byte[] gif = Gif.encode(frames, millis);
        int ratio = Picture.pixelRatio(frames.get(0));
        int width = frames.get(0).getWidth() / ratio;
        int height = frames.get(0).getHeight() / ratio;
        String last = Picture.title(frames.get(frames.size() - 1));
        String text = "Animation of " + frames.size() + " pictures. The first: " + described(frames.get(0))
                + (last.isBlank() ? "" : ". The last: " + last);
        show(img("image/gif", gif, width, height, text), text);
    }

    /** Shows pictures by sliders, which move them by mouse and by keyboard; some side by side where scripts do not run. */
    public static void slider(Slider slider) {
        String text = "Pictures by "
                + Require.given("slider", slider).ranges().stream()
                        .map(Slider.Range::name)
                        .collect(Collectors.joining(" and "))
                + ", " + slider.pictures().size() + " in all. The first: " + slider.description(0);
        show(new SliderHtml(slider).html(), text);
    }

    /** Shows a bar for work of so many steps; close it, or open it in a try statement. */
    public static Progress progress(String title, long total) {
        return new Progress(Display.find(), Require.given("title", title), total);
    }

    /** A place on the page whose content can be replaced at any time, from any thread. */
    public static Live live() {
        return new Live(Display.find());
    }

    /** An array's values in a line, such as {@code (4.0, 2.0)} or {@code 7.0}; rows of a matrix in brackets of their own. */
    public static String values(NDArray array) {
        return Values.of(array);
    }

    /** A number to be read: a whole one as it is, such as {@code 0}, another to three digits, such as {@code 0.5}. */
    public static String number(double value) {
        return Values.of(value);
    }

    /**
     * What several runs of one thing gave, such as {@code 0.037 ± 0.021}: their mean and their standard deviation (with n - 1),
     * both rounded to the second digit of the deviation. To three digits the mean of runs that are all alike.
     *
     * @param runs at least 2, finite
     */
    public static String meanAndSpread(double... runs) {
        return Values.meanAndSpread(runs);
    }

    /** The text with the characters escaped that mean something in HTML. */
    public static String escape(String text) {
        return Require.given("text", text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** An img element that contains the picture itself. */
    static String img(String mimeType, byte[] content, int width, int height, String alt) {
        return "<img width=\"" + width + "\" height=\"" + height + "\" alt=\"" + escape(alt) + "\" src=\"data:"
                + mimeType + ";base64," + Base64.getEncoder().encodeToString(content) + "\">";
    }

    private static String text(String html) {
        return html.replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ")
                .strip()
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }

    private static void show(String html, String text) {
        Display.find().show(html, text, UUID.randomUUID().toString(), false);
    }
}
