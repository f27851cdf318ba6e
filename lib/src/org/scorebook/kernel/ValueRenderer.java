package org.scorebook.kernel;

import java.awt.Image;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.RenderFunction;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/**
 * The base library's renderer for values that it shows badly: arrays, objects of a cell's own classes, and pictures, for
 * its encoder closes the Base64 stream too early and loses the PNG's last bytes. A picture drawn with more pixels than its size on the page says so in its image property
 * {@code pixelRatio} (a number, 2 for twice as many), which becomes the width and height in the output's metadata; its
 * property {@code description} becomes its text.
 */
final class ValueRenderer extends Renderer {
    private final Frames frames;

    ValueRenderer(Frames frames) {
        this.frames = frames;
    }

    @Override
    protected DisplayData finalizeDisplayData(DisplayData data, Object value) {
        Object text = data.getData(MIMEType.TEXT_PLAIN);
        data.putText(frames.shown(text == null ? ValueText.of(value) : text.toString()));
        return data;
    }

    @Override
    public <T> void register(
            Set<MIMEType> supported,
            Set<MIMEType> preferred,
            Set<Class<? extends T>> types,
            RenderFunction<T> function) {
        if (types.contains(InputStream.class)) {
            return; // the base library would read any stream, a socket's too, as a picture
        }
        boolean picture = types.contains(RenderedImage.class);
        super.register(
                supported,
                preferred,
                types,
                picture ? (value, context) -> png((RenderedImage) value, context) : function);
    }

    private static void png(RenderedImage image, RenderContext context) {
        DisplayData out = context.getOutputContainer();
        out.putText(text(image));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.putData(MIMEType.IMAGE_PNG, Base64.getEncoder().encodeToString(bytes.toByteArray()));
        Object ratio = image instanceof BufferedImage buffered ? buffered.getProperty("pixelRatio") : null;
        if (ratio instanceof Number number && ratio != Image.UndefinedProperty) {
            out.putMetaData(MIMEType.IMAGE_PNG, size(image, number.doubleValue()));
        }
    }

    private static String text(RenderedImage image) {
        return image.getProperty("description") instanceof String seen && !seen.isBlank()
                ? seen
                : image.getWidth() + " x " + image.getHeight() + " picture";
    }

    private static Map<String, Long> size(RenderedImage image, double ratio) {
        return Map.of("width", Math.round(image.getWidth() / ratio), "height", Math.round(image.getHeight() / ratio));
    }
}
