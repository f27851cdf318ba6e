package org.scorebook.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.scorebook.base.Require;

/**
 * A folder of PNG and JPEG pictures of any sizes, with one sub folder a class, as AFHQ comes (cat, dog, wild); a folder of
 * pictures alone is one class. Each picture is turned upright where its camera noted how, scaled so that its shorter side fits,
 * and its middle square is taken. Hidden files are passed over.
 */
public final class ImageFolder {
    private ImageFolder() {}

    /**
     * Reads the pictures of all classes; class by class in the order of their names, and so the files of each.
     *
     * @param folder with one sub folder a class, or with pictures of one class
     * @param side of the images in pixels, at least 1
     * @param largestClass how many pictures of a class at most: the first by file name
     * @return colour images, labelled by sub folder, named after the folder; its {@link ImageSet#remark} says how many were not
     *     square
     * @throws BadDataFile if a class is empty, or a file is no picture, not what its name says or damaged; the message names it
     * @throws CancellationException if the thread was interrupted; the interrupt is used up
     */
    public static ImageSet read(Path folder, int side, int largestClass) throws IOException {
        FolderLayout layout =
                FolderLayout.whole(Require.given("folder", folder), largestClass, FolderLayout.FolderFaults.THROWN);
        return read(layout, layout.parts().get(FolderLayout.WHOLE), side);
    }

    /**
     * Reads the parts of a folder: those it has itself in sub folders named train and val or test (or all three), else
     * {@linkplain Splits#stratified 80, 10 and 10 %}. With val or test only, that one is the test part, and the validation
     * images are a tenth of train, drawn by the seed.
     */
    public static Splits splits(Path folder, int side, int largestClass, long seed) throws IOException {
        FolderLayout layout = FolderLayout.of(folder, largestClass, FolderLayout.FolderFaults.THROWN);
        Map<String, ImageSet> sets = new HashMap<>();
        for (Map.Entry<String, FolderLayout.FolderPart> part : layout.parts().entrySet()) {
            sets.put(part.getKey(), read(layout, part.getValue(), side));
        }
        List<ImageSet> shares = layout.shares(seed).stream()
                .map(share -> sets.get(share.part()).subset(share.rows()))
                .toList();
        return new Splits(shares.get(0), shares.get(1), shares.get(2));
    }

    private static ImageSet read(FolderLayout layout, FolderLayout.FolderPart part, int side) throws IOException {
        Require.atLeast("side", side, 1);
        SquarePictures squares = SquarePictures.read(part.files(), side);
        return new ImageSet(
                FolderLayout.name(part.folder()),
                squares.planes(),
                3,
                side,
                side,
                part.labels(),
                layout.classNames(),
                squares.remark(part.folder()));
    }
}
