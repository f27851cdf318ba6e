package org.scorebook.view;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** Writes frames through the JDK's GIF writer, with one palette for all, repeating for ever. */
final class GifWriter {
    private static final int BITS = 7;
    private static final int COLOURS = 1 << BITS;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ImageWriter writer =
            ImageIO.getImageWritersByFormatName("gif").next();
    private final ImageOutputStream out;
    private final IndexColorModel colours;

    /**
     * @param palette below 128 colours as 0xRRGGBB; the index behind the last is transparent
     */
    GifWriter(int width, int height, int[] palette) {
        byte[][] channels = new byte[3][COLOURS];
        for (int k = 0; k < 3 * palette.length; k++) {
            channels[k % 3][k / 3] = (byte) (palette[k / 3] >> 16 - 8 * (k % 3));
        }
        colours = new IndexColorModel(BITS, COLOURS, channels[0], channels[1], channels[2], palette.length);
        try {
            out = ImageIO.createImageOutputStream(bytes);
            writer.setOutput(out);
            writer.prepareWriteSequence(screen(width, height, channels));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // writing to memory
        }
    }

    /**
     * Adds a frame over what is seen so far.
     *
     * @param place of the frame within the picture
     * @param indices into the palette, row by row
     * @param hundredths of a second that it stays
     */
    void frame(Rectangle place, byte[] indices, int hundredths) {
        BufferedImage image = new BufferedImage(place.width, place.height, BufferedImage.TYPE_BYTE_INDEXED, colours);
        image.getRaster().setDataElements(0, 0, place.width, place.height, indices);
        try {
            writer.writeToSequence(new IIOImage(image, null, frame(place, hundredths)), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // writing to memory
        }
    }

    /** Ends the file. */
    byte[] finish() {
        try {
            writer.endWriteSequence();
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // writing to memory
        }
        writer.dispose();
        return bytes.toByteArray();
    }

    private IIOMetadata screen(int width, int height, byte[][] channels) throws IOException {
        IIOMetadata metadata = writer.getDefaultStreamMetadata(null);
        IIOMetadataNode root = new IIOMetadataNode(metadata.getNativeMetadataFormatName());
        add(root, "Version", Map.of("value", "89a"));
        add(
                root,
                "LogicalScreenDescriptor",
                Map.of(
                        "logicalScreenWidth",
                        width,
                        "logicalScreenHeight",
                        height,
                        "colorResolution",
                        BITS,
                        "pixelAspectRatio",
                        0));
        IIOMetadataNode table = add(
                root,
                "GlobalColorTable",
                Map.of("sizeOfGlobalColorTable", COLOURS, "backgroundColorIndex", 0, "sortFlag", "FALSE"));
        for (int k = 0; k < COLOURS; k++) {
            add(
                    table,
                    "ColorTableEntry",
                    Map.of(
                            "index",
                            k,
                            "red",
                            channels[0][k] & 255,
                            "green",
                            channels[1][k] & 255,
                            "blue",
                            channels[2][k] & 255));
        }
        metadata.setFromTree(metadata.getNativeMetadataFormatName(), root);
        return metadata;
    }

    private IIOMetadata frame(Rectangle place, int hundredths) throws IOException {
        IIOMetadata metadata = writer.getDefaultImageMetadata(
                new ImageTypeSpecifier(colours, colours.createCompatibleSampleModel(1, 1)), null);
        IIOMetadataNode root = new IIOMetadataNode(metadata.getNativeMetadataFormatName());
        add(
                root,
                "ImageDescriptor",
                Map.of(
                        "imageLeftPosition",
                        place.x,
                        "imageTopPosition",
                        place.y,
                        "imageWidth",
                        place.width,
                        "imageHeight",
                        place.height,
                        "interlaceFlag",
                        "FALSE"));
        add(
                root,
                "GraphicControlExtension",
                Map.of(
                        "disposalMethod",
                        "doNotDispose",
                        "userInputFlag",
                        "FALSE",
                        "transparentColorFlag",
                        "TRUE",
                        "delayTime",
                        hundredths,
                        "transparentColorIndex",
                        colours.getTransparentPixel()));
        IIOMetadataNode repeat = add(
                add(root, "ApplicationExtensions", Map.of()),
                "ApplicationExtension",
                Map.of("applicationID", "NETSCAPE", "authenticationCode", "2.0"));
        repeat.setUserObject(new byte[] {1, 0, 0});
        metadata.setFromTree(metadata.getNativeMetadataFormatName(), root);
        return metadata;
    }

    private static IIOMetadataNode add(IIOMetadataNode parent, String name, Map<String, Object> attributes) {
        IIOMetadataNode node = new IIOMetadataNode(name);
        attributes.forEach((key, value) -> node.setAttribute(key, value.toString()));
        parent.appendChild(node);
        return node;
    }
}
