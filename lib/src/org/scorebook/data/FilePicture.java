package org.scorebook.data;

import java.awt.image.BufferedImage;

/**
 * A picture from a file.
 *
 * @param pixels in red, green and blue, upright
 * @param kind what the file has
 * @param turned whether it was turned or mirrored to be upright
 */
public record FilePicture(BufferedImage pixels, PictureKind kind, boolean turned) {}
