package org.scorebook.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** Reads one PNG or JPEG file and says of a bad one what is wrong with it. */
public final class PictureFile {
    private PictureFile() {}

    /** Whether a file is a picture by its name. */
    static boolean named(Path file) {
        return !format(file).isEmpty();
    }

    /** The pixels of {@link #open}. */
    static BufferedImage read(Path file) throws IOException {
        return open(file).pixels();
    }

    /**
     * The picture in red, green and blue, upright, with white behind what is transparent; and what the file has it as.
     *
     * @throws BadDataFile if the file is not what its name says, or is damaged or cut short
     */
    public static FilePicture open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) { // a pipe would be waited for without end
            throw new BadDataFile(file, "is no regular file");
        }
        try (ImageInputStream stream = new MemoryCacheImageInputStream(Files.newInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new BadDataFile(file, "holds no picture that can be read");
            }
            ImageReader reader = readers.next();
            try {
                BufferedImage stored = Pixels.onWhite(decode(file, reader, stream));
                Node notes = reader.getImageMetadata(0).getAsTree(IIOMetadataFormatImpl.standardMetadataFormatName);
                Orientation orientation = Orientation.named(note(notes, "ImageOrientation", "value"));
                return new FilePicture(orientation.upright(stored), kind(notes), !orientation.isUpright());
            } finally {
                reader.dispose();
            }
        }
    }

    private static BufferedImage decode(Path file, ImageReader reader, ImageInputStream stream) throws IOException {
        String found = reader.getFormatName().toLowerCase(Locale.ROOT);
        if (!found.equals(format(file))) {
            throw new BadDataFile(file, "holds a picture in format " + found + ", against its name");
        }
        StringBuilder damage = new StringBuilder();
        reader.addIIOReadWarningListener((source, warning) -> damage.append(fatal(warning) ? warning : ""));
        reader.setInput(stream, false, false);
        try {
            BufferedImage picture = reader.read(0);
            if (damage.isEmpty()) {
                return picture;
            }
        } catch (IOException | RuntimeException e) { // Java's decoders throw both at damaged files
            throw new BadDataFile(file, "is damaged or of a kind that Java cannot read: " + e.getMessage(), e);
        }
        throw new BadDataFile(file, "is damaged: " + damage);
    }

    private static PictureKind kind(Node notes) {
        String alpha = note(notes, "Alpha", "value");
        boolean clear = !alpha.isEmpty() && !alpha.equals("none");
        if (clear || !note(notes, "TransparentColor", "value").isEmpty()) {
            return PictureKind.TRANSPARENT;
        }
        return switch (note(notes, "ColorSpaceType", "name")) {
            case "GRAY" -> PictureKind.GREY;
            case "CMYK", "YCCK" -> PictureKind.CMYK;
            default -> PictureKind.COLOUR;
        };
    }

    /** An attribute of the first element of a name; empty where there is none. */
    private static String note(Node notes, String element, String attribute) {
        NodeList found = ((Element) notes).getElementsByTagName(element);
        return found.getLength() == 0 ? "" : ((Element) found.item(0)).getAttribute(attribute);
    }

    /** Java's JPEG decoder fills up what is missing with grey, and only warns. */
    private static boolean fatal(String warning) {
        return warning.startsWith("Premature end") || warning.startsWith("Corrupt JPEG");
    }

    private static String format(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".png")) {
            return "png";
        }
        return name.endsWith(".jpg") || name.endsWith(".jpeg") ? "jpeg" : "";
    }
}
