package org.scorebook.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.scorebook.base.DamagedFile;

/** The SHA-256 of each file in a folder, in a file beside them as {@code sha256sum -c} reads it. */
final class Checksums {
    static final String FILE = "SHA256SUMS";
    private static final String LINE = "[0-9a-f]{64} [ *][^/]+";
    private static final int DIGITS = 64;
    private static final String CHANGED = "delete " + FILE + " if it was changed on purpose, or ";

    private Checksums() {}

    /** Writes the list of what is in a folder. */
    static void write(Path folder) throws IOException {
        StringBuilder list = new StringBuilder();
        for (Path file : files(folder)) {
            list.append(of(file)).append("  ").append(file.getFileName()).append('\n');
        }
        Files.writeString(folder.resolve(FILE), list);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /**
     * Checks a file; one in a folder without a list, as older checkpoints are, passes.
     *
     * @throws DamagedFile if it, or the list, is not as it was written
     */
    static void require(Path file, String help) throws IOException {
        Path list = file.resolveSibling(FILE);
        if (!Files.exists(list)) {
            return;
        }
        String expected = read(list, help).get(file.getFileName().toString());
        if (expected == null) {
            throw new DamagedFile(list, "is damaged: it has no line for " + file.getFileName(), help, null);
        }
        if (!expected.equals(of(file))) {
            throw new DamagedFile(file, "is damaged: its SHA-256 is not the one in " + FILE, CHANGED + help, null);
        }
    }

    private static Map<String, String> read(Path list, String help) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        String text = new String(Files.readAllBytes(list), StandardCharsets.UTF_8);
        for (String line : text.lines().toList()) {
            if (!line.matches(LINE)) {
                throw new DamagedFile(list, "is damaged: a line is not a SHA-256 and a file's name", help, null);
            }
            sums.put(line.substring(DIGITS + 2), line.substring(0, DIGITS));
        }
        return sums;
    }

    private static String of(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
