package org.scorebook.inspect;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.scorebook.data.PictureKind;

/**
 * What a training would find in a folder of pictures.
 *
 * @param folder that was looked at
 * @param side of the images that a training sees, in pixels
 * @param classes in the order of their numbers
 * @param sizes of the smallest, the median and the largest picture by their numbers of pixels, upright; empty without pictures
 * @param notSquare how many are not square
 * @param enlarged how many have a side that is shorter than the images'
 * @param kinds how many pictures are of each kind, as far as there are any
 * @param turned how many stood in their files otherwise than upright
 * @param copies groups of pictures with the same size and pixels: their files, from the folder on
 * @param acrossClasses how many groups have pictures of several classes
 * @param acrossParts how many have pictures in several of train, validation and test
 * @param faults a sentence on each file or folder that a training could not use, and on what else would end it
 */
public record FolderReport(
        Path folder,
        int side,
        List<ClassSize> classes,
        List<PictureSize> sizes,
        int notSquare,
        int enlarged,
        Map<PictureKind, Integer> kinds,
        int turned,
        List<List<String>> copies,
        int acrossClasses,
        int acrossParts,
        List<String> faults) {

    /** Width and height in pixels. */
    public record PictureSize(int width, int height) {}

    /**
     * The pictures of a class.
     *
     * @param name of the class
     * @param pictures all that are there
     * @param train those that would be trained on; 0, as the next two, where there are too few pictures for three parts
     * @param validation those that would validate
     * @param test those that would test
     */
    public record ClassSize(String name, int pictures, int train, int validation, int test) {}

    /** How many pictures there are, good and bad. */
    public int pictures() {
        return classes.stream().mapToInt(ClassSize::pictures).sum();
    }
}
