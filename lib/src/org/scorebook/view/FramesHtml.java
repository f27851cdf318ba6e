package org.scorebook.view;

import com.google.gson.JsonArray;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.scorebook.plot.Picture;

/**
 * Frames as HTML: stills side by side with the other frames hidden, and a script that makes them sliders. A page that takes
 * scripts from its outputs brings the same script itself.
 */
final class FramesHtml {
    private static final String SCRIPT = script();

    private final Frames frames;
    private final List<byte[]> pngs;

    FramesHtml(Frames frames) {
        this.frames = frames;
        pngs = IndexedPng.of(frames.pictures());
    }

    String html() {
        StringBuilder html = new StringBuilder("<div class=\"frames\" data-sliders=\"")
                .append(Notebook.escape(sliders()))
                .append("\">");
        if (!frames.title().isBlank()) {
            html.append("<p><b>").append(Notebook.escape(frames.title())).append("</b></p>");
        }
        for (int k = 0; k < pngs.size(); k++) {
            html.append(figure(k));
        }
        return html.append("</div><script>").append(SCRIPT).append("</script>").toString();
    }

    /** For each slider its name, then its values. */
    private String sliders() {
        JsonArray sliders = new JsonArray();
        for (Frames.Range range : frames.ranges()) {
            JsonArray slider = new JsonArray();
            slider.add(range.name());
            range.values().forEach(slider::add);
            sliders.add(slider);
        }
        return sliders.toString();
    }

    private String figure(int k) {
        BufferedImage picture = frames.pictures().get(k);
        int ratio = Picture.pixelRatio(picture);
        String img = Notebook.img(
                "image/png",
                pngs.get(k),
                picture.getWidth() / ratio,
                picture.getHeight() / ratio,
                frames.description(k));
        return "<figure" + shown(k) + ">" + img + "<figcaption>" + Notebook.escape(frames.caption(k))
                + "</figcaption></figure>";
    }

    /** The attributes of a still, or of what only a slider shows. */
    private String shown(int k) {
        int row = frames.ranges().size() == 1 ? frames.stills().size() : 2;
        return frames.stills().contains(k)
                ? " class=\"still\" style=\"display:inline-block;margin:0 1% 8px 0;max-width:" + (100 / row - 2) + "%\""
                : " hidden";
    }

    private static String script() {
        try (InputStream in = FramesHtml.class.getResourceAsStream("frames.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // reading the library's own jar
        }
    }
}
