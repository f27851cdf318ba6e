package org.scorebook.weights;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.scorebook.base.Require;

/** 16 hexadecimal digits that two things have in common only where they are the same: the beginning of a SHA-256. */
public final class Fingerprint {
    private static final int DIGITS = 16;
    private static final int CHUNK = 1 << 16;

    private Fingerprint() {}

    /** Of arrays by their names, in this order. */
    public static String of(Map<String, NDArray> arrays) {
        MessageDigest digest = sha256();
        Require.given("arrays", arrays).forEach((name, array) -> {
            digest.update((name + array.getShape() + array.getDataType()).getBytes(StandardCharsets.UTF_8));
            digest.update(array.toByteBuffer().rewind());
        });
        return digits(digest);
    }

    /** Of a text. */
    public static String of(String text) {
        MessageDigest digest = sha256();
        digest.update(Require.given("text", text).getBytes(StandardCharsets.UTF_8));
        return digits(digest);
    }

    /** Of a file's bytes. */
    public static String of(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(Require.given("file", file))) {
            byte[] bytes = new byte[CHUNK];
            for (int read = in.read(bytes); read > 0; read = in.read(bytes)) {
                digest.update(bytes, 0, read);
            }
        }
        return digits(digest);
    }

    private static String digits(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
