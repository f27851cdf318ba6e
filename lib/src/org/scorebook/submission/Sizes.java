package org.scorebook.submission;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Numbers of bytes, for people. */
final class Sizes {
    private static final double MEGABYTE = 1e6;
    private static final int SHOWN = 3;

    private Sizes() {}

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
    }

    /** That a zip is too large, with the largest files in it. */
    static String sentence(long size, long largest, SortedMap<String, byte[]> files) {
        String most = files.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, byte[]> file) -> -file.getValue().length))
                .limit(SHOWN)
                .map(file -> file.getKey() + " (" + megabytes(file.getValue().length) + ")")
                .collect(Collectors.joining(", "));
        return "The zip would have " + megabytes(size) + ", over the limit of " + megabytes(largest)
                + "; the largest files in it are " + most + ".";
    }
}
