package org.scorebook.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Archives of several files. They are read where they lie: nothing is unpacked to disk, so no name in one can lead astray. */
final class TarGz {
    private TarGz() {}

    /**
     * The wanted files of an archive. The folders they lie in do not matter, links are no files.
     *
     * @throws BadDataFile if the archive is damaged or lacks one of them
     */
    static Map<String, byte[]> read(Path archive, Set<String> wanted) throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(archive), 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                boolean link = entry.isLink() || entry.isSymbolicLink();
                if (entry.isFile() && !link && wanted.contains(name)) {
                    files.put(name, tar.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new BadDataFile(archive, "is no whole tar.gz archive (" + e.getMessage() + ")", e);
        }
        for (String name : wanted) {
            if (!files.containsKey(name)) {
                throw new BadDataFile(archive, "has no file " + name);
            }
        }
        return files;
    }
}
