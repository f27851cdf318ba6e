package org.scorebook.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.scorebook.base.Caches;

/**
 * Where this machine may keep image sets.
 *
 * @param environment variables: SCOREBOOK_DATA, a folder with one sub folder a set; XDG_CACHE_HOME
 * @param home of the user
 * @param system folder of sets that packages install
 */
record DataPlaces(Map<String, String> environment, Path home, Path system) {
    static DataPlaces ofThisMachine() {
        return new DataPlaces(
                System.getenv(), Path.of(System.getProperty("user.home")), Path.of("/usr/share/datasets"));
    }

    /** Where downloads of a set go. */
    Path cache(String set) {
        return Caches.folder(environment, home).resolve(set);
    }

    /**
     * The first folder that has a set.
     *
     * @param given by the user, who then means this one and no other; or null for all places
     * @param whole whether a folder has all files
     * @throws MissingData if there is none; the message says what to put where
     */
    Path find(String set, Path given, Predicate<Path> whole, String files) throws MissingData {
        if (given != null && Files.exists(given) && !Files.isDirectory(given)) {
            throw new MissingData(
                    "the files of the data " + set + " must be in a folder, but " + given + " is a file", null);
        }
        List<Path> folders = given != null ? List.of(given) : folders(set);
        return folders.stream()
                .filter(whole)
                .findFirst()
                .orElseThrow(() -> missing(set, folders.get(folders.size() - 1), files));
    }

    /** Whether some folder has a set. */
    boolean has(String set, Predicate<Path> whole) {
        return folders(set).stream().anyMatch(whole);
    }

    /** In the order of search; the last is the cache. */
    private List<Path> folders(String set) {
        String own = environment.getOrDefault("SCOREBOOK_DATA", "");
        Stream<Path> first =
                own.isEmpty() ? Stream.of() : Stream.of(Path.of(own).resolve(set));
        return Stream.concat(first, Stream.of(system.resolve(set), cache(set))).toList();
    }

    private static MissingData missing(String set, Path folder, String files) {
        return new MissingData(set + " was not found: put " + files + " into " + folder, null);
    }
}
