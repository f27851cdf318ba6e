package org.scorebook.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A set whose files lie on a server.
 *
 * @param name of the set
 * @param server the address that file names are appended to
 * @param digests file name to SHA-256
 * @param advice how else to get it, as the end of a sentence; may be empty
 */
record PublishedSet(String name, String server, Map<String, String> digests, String advice) {
    /**
     * The folder that has the set, after a download to the cache if there is none.
     *
     * @param folder given by the user, or null
     * @param whole whether a folder has all files
     */
    Path locate(Path folder, DataPlaces places, Predicate<Path> whole) throws IOException {
        String files = String.join(", ", digests.keySet().stream().sorted().toList());
        try {
            return places.find(name, folder, whole, files);
        } catch (MissingData e) {
            if (folder != null) {
                throw e;
            }
        }
        Path cache = places.cache(name);
        try {
            for (Map.Entry<String, String> file : digests.entrySet()) {
                new Download(URI.create(server + file.getKey()), file.getValue()).to(cache.resolve(file.getKey()));
            }
        } catch (IOException e) {
            throw new MissingData(
                    name + " is not on this machine and could not be downloaded (" + e + "): put " + files + " into "
                            + cache + advice,
                    e);
        }
        return cache;
    }
}
