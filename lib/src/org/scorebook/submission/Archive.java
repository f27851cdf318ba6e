package org.scorebook.submission;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The zip of a submission: one folder of files, in the order of their names, all of one time. Its comment is the SHA-256 of all bytes
 * before it, so that no byte can change unseen.
 */
final class Archive {
    /** Lists the SHA-256 of each other file, as {@code sha256sum -c} reads it. */
    static final String SUMS = "SHA256SUMS";

    /** More in one file, inflated, is refused. */
    static final long LARGEST_FILE = 100L << 20;

    /** More in all files, inflated, is refused. */
    static final long LARGEST_WHOLE = 512L << 20;

    /** More files are refused. */
    static final int MOST_FILES = 500;

    private static final LocalDateTime FIRST_DAY = LocalDateTime.of(1980, 1, 2, 0, 0);

    private Archive() {}

    /**
     * The bytes of the zip; the list of sums is added.
     *
     * @param folder the files lie in, in the zip
     * @param time of all files
     */
    static byte[] of(String folder, SortedMap<String, byte[]> files, Instant time) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            zip.setLevel(Deflater.BEST_COMPRESSION);
            zip.setComment("0".repeat(Sha256.DIGITS));
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                add(zip, folder + "/" + file.getKey(), file.getValue(), time);
            }
            add(zip, folder + "/" + SUMS, sums(files).getBytes(StandardCharsets.UTF_8), time);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory fails in other ways
        }
        return sealed(bytes.toByteArray());
    }

    private static void add(ZipOutputStream zip, String name, byte[] content, Instant time) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        entry.setTimeLocal(
                utc.isBefore(FIRST_DAY) ? FIRST_DAY : utc); // a zip's own first moment gets the zone of this machine
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    static String sums(SortedMap<String, byte[]> files) {
        StringBuilder list = new StringBuilder();
        files.forEach((name, content) ->
                list.append(Sha256.of(content)).append("  ").append(name).append('\n'));
        return list.toString();
    }

    private static byte[] sealed(byte[] zip) {
        byte[] seal = seal(zip).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(seal, 0, zip, zip.length - seal.length, seal.length);
        return zip;
    }

    private static String seal(byte[] zip) {
        return Sha256.of(zip, zip.length - Sha256.DIGITS);
    }

    /** Whether no byte has changed since it was written. */
    static boolean isSealed(byte[] zip) {
        return zip.length > Sha256.DIGITS
                && new String(zip, zip.length - Sha256.DIGITS, Sha256.DIGITS, StandardCharsets.ISO_8859_1)
                        .equals(seal(zip));
    }
}
