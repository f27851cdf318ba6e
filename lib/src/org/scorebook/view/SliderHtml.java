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
 * A slider as HTML: stills side by side with the other frames hidden, and a script that makes them sliders. A page that takes
 * scripts from its outputs brings the same script itself.
 */
final class SliderHtml {
    private static final String SCRIPT = script();

    private final Slider slider;
    private final List<byte[]> pngs;

    SliderHtml(Slider slider) {
        this.slider = slider;
        pngs = IndexedPng.of(slider.pictures());
    }

    String html() {
        StringBuilder html = new StringBuilder("<div class=\"frames\" data-sliders=\"")
                .append(Notebook.escape(sliders()))
                .append("\">");
        if (!slider.title().isBlank()) {
            html.append("<p><b>").append(Notebook.escape(slider.title())).append("</b></p>");
        }
        for (int k = 0; k < pngs.size(); k++) {
            html.append(figure(k));
        }
        return html.append("</div><script>").append(SCRIPT).append("</script>").toString();
    }

    /** For each slider its name, then its values. */
    private String sliders() {
        JsonArray sliders = new JsonArray();
        for (Slider.Range range : slider.ranges()) {
            JsonArray texts = new JsonArray();
            texts.add(range.name());
            range.values().forEach(texts::add);
            sliders.add(texts);
        }
        return sliders.toString();
    }

    private String figure(int k) {
        BufferedImage picture = slider.pictures().get(k);
        int ratio = Picture.pixelRatio(picture);
        String img = Notebook.img(
                "image/png",
                pngs.get(k),
                picture.getWidth() / ratio,
                picture.getHeight() / ratio,
                slider.description(k));
        return "<figure" + shown(k) + ">" + img + "<figcaption>" + Notebook.escape(slider.caption(k))
                + "</figcaption></figure>";
    }

    /** The attributes of a still, or of what only a slider shows. */
    private String shown(int k) {
        int row = slider.ranges().size() == 1 ? slider.stills().size() : 2;
        return slider.stills().contains(k)
                ? " class=\"still\" style=\"display:inline-block;margin:0 1% 8px 0;max-width:" + (100 / row - 2) + "%\""
                : " hidden";
    }

    private static String script() {
        try (InputStream in = SliderHtml.class.getResourceAsStream("slider.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // reading the library's own jar
        }
    }
}
