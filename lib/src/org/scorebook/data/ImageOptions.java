package org.scorebook.data;

import org.scorebook.base.Require;

/**
 * How an image set is to be loaded.
 *
 * @param side of the images in pixels, for folders of pictures; other sets have a size of their own
 * @param largestClass how many pictures of a class to take at most, for folders of pictures
 * @param limit how many images of each split to take at most
 */
public record ImageOptions(int side, int largestClass, int limit) {
    /** Everything, pictures at 64 x 64. */
    public static final ImageOptions ALL = new ImageOptions(64, Integer.MAX_VALUE, Integer.MAX_VALUE);

    public ImageOptions {
        Require.atLeast("side", side, 1);
        Require.atLeast("largestClass", largestClass, 1);
        Require.atLeast("limit", limit, 1);
    }

    /** The same with pictures of another size. */
    public ImageOptions withSide(int pixels) {
        return new ImageOptions(pixels, largestClass, limit);
    }

    /** The same with at most so many pictures of a class. */
    public ImageOptions withLargestClass(int pictures) {
        return new ImageOptions(side, pictures, limit);
    }

    /** The same with at most so many images of each split. */
    public ImageOptions withLimit(int images) {
        return new ImageOptions(side, largestClass, images);
    }
}
