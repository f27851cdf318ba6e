package org.scorebook.submission;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.scorebook.base.TextFile;

/** What is in a zip that may be damaged, or made to do harm: nothing of it is written anywhere, and no more of it read than there may be. */
final class ArchiveContent {
    private static final long LARGEST_ZIP = Archive.LARGEST_WHOLE;

    /** A folder and a file in it, of letters that mean nothing to any system. */
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][\\w.-]*)/([A-Za-z0-9][\\w.-]*)");

    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private final Set<String> folders = new HashSet<>();
    private final List<String> names = new ArrayList<>();
    private long total;

    private ArchiveContent() {}

    /** Reads one; what is wrong is told by {@link #faults}. */
    static ArchiveContent of(Path zip) throws IOException {
        TextFile.requireRegular(zip, "it must be the zip of a submission");
        ArchiveContent content = new ArchiveContent();
        if (Files.size(zip) > LARGEST_ZIP) {
            content.faults.add("It has over " + (LARGEST_ZIP >> 20) + " MB, which no submission has.");
            return content;
        }
        byte[] bytes = Files.readAllBytes(zip);
        if (!Archive.isSealed(bytes)) {
            content.faults.add(
                    "It is not as it was written: it is damaged or cut off, was changed, or was packed anew.");
        }
        try {
            content.readFiles(bytes);
            content.readDirectory(zip);
        } catch (IOException | IllegalArgumentException e) { // a name that is no text, besides
            content.faults.add("It cannot be read as a zip: " + reason(e) + ".");
        }
        return content;
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? "it ends too early" : e.getMessage().replaceFirst("\\.$", "");
    }

    /** As a program reads it that goes through it from the start. */
    private void readFiles(byte[] bytes) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (names.size() == Archive.MOST_FILES) {
                    throw new ZipException("it has over " + Archive.MOST_FILES + " files");
                }
                names.add(entry.getName());
                add(entry.getName(), zip);
            }
        }
    }

    private void add(String name, InputStream in) throws IOException {
        byte[] content = in.readNBytes((int) Math.min(Archive.LARGEST_FILE, Archive.LARGEST_WHOLE - total) + 1);
        total += content.length;
        if (content.length > Archive.LARGEST_FILE || total > Archive.LARGEST_WHOLE) {
            throw new ZipException("its files have over " + (Archive.LARGEST_FILE >> 20) + " MB each or over "
                    + (Archive.LARGEST_WHOLE >> 20) + " MB together");
        }
        var parts = NAME.matcher(name);
        if (!parts.matches()) {
            faults.add("The name " + shown(name) + " is not safe: it must be FOLDER/FILE.");
            return;
        }
        folders.add(parts.group(1));
        if (files.put(parts.group(2), content) != null) {
            faults.add(parts.group(2) + " is in it twice.");
        }
    }

    /** As a program reads it that looks at the directory at its end: both must see the same. */
    private void readDirectory(Path path) throws IOException {
        List<String> listed = new ArrayList<>();
        try (ZipFile zip = ZipFile.builder().setPath(path).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                listed.add(entry.getName());
                if (entry.isUnixSymlink() || entry.isDirectory()) {
                    faults.add(shown(entry.getName()) + " is a link or a folder, and no file.");
                }
            }
        }
        if (!listed.equals(names)) {
            faults.add("Its directory lists other files than it has.");
        }
        if (folders.size() > 1) {
            faults.add("Its files lie in " + folders.size() + " folders, and not in one.");
        }
    }

    private static String shown(String name) {
        String plain = name.replaceAll("[^\\x20-\\x7E]", "?");
        return '"' + (plain.length() > 80 ? plain.substring(0, 80) + "..." : plain) + '"';
    }

    /** What is wrong, a sentence each. */
    List<String> faults() {
        return faults;
    }

    /** The files that could be read, by name. */
    SortedMap<String, byte[]> files() {
        return files;
    }
}
