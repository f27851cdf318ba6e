package org.scorebook.data;

import java.io.IOException;
import java.nio.file.Path;

/** How one image set of the catalogue is found and read. */
@FunctionalInterface
interface ImageSource {
    /**
     * Finds and reads a set.
     *
     * @param folder where the user says it is, or null to look in all places
     * @param options what the source has a use for: side and largest class
     * @param places where to look and where to put downloads
     * @throws MissingData if it is not there and cannot be had
     */
    Splits load(Path folder, ImageOptions options, DataPlaces places) throws IOException;

    /** Whether {@link #load} without a folder finds the set, with nothing downloaded; so it is where it comes with the library. */
    default boolean isHere(DataPlaces places) {
        return true;
    }
}
