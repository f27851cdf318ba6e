package org.scorebook.grading;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * One notebook that a student has handed in.
 *
 * @param student as the file, or its folder, is named
 * @param file the notebook, or a ZIP with it
 * @param entry its name in the ZIP; null where the file is the notebook
 * @param problem why it cannot be read, in a sentence; null where it can be tried
 */
record HandIn(String student, Path file, String entry, String problem) {
    static final long LARGEST = 100L << 20;

    /** The name of the notebook, without its ending. */
    String name() {
        String path = entry == null ? file.getFileName().toString() : entry.substring(entry.lastIndexOf('/') + 1);
        return path.replaceFirst("\\.ipynb$", "");
    }

    /** Its bytes. */
    byte[] read() throws IOException {
        if (problem != null) {
            throw new IOException(problem);
        }
        if (entry == null) {
            if (!Files.isRegularFile(file)) {
                throw new IOException("is no file");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return limited(in);
            }
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry inside = zip.getEntry(entry);
            try (InputStream in = zip.getInputStream(inside)) {
                return limited(in);
            }
        }
    }

    private static byte[] limited(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes((int) LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new IOException("is larger than " + (LARGEST >> 20) + " MiB");
        }
        return bytes;
    }
}
