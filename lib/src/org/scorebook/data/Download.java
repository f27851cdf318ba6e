package org.scorebook.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of the web that is known by its SHA-256. It comes to its place whole and right or not at all: bytes are gathered
 * in a file with {@code .part} at the end of its name, which a later call goes on with (HTTP's Range) if the connection
 * broke, and which is renamed once its digest is right.
 *
 * @param source where it lies, http or https
 * @param sha256 in hexadecimal digits
 */
record Download(URI source, String sha256) {
    private static final Logger LOG = LoggerFactory.getLogger(Download.class);
    private static final int ATTEMPTS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /**
     * Fetches the file, unless it is there already.
     *
     * @param target where to put it; folders are made
     * @throws IOException if the server cannot be reached, keeps breaking off, or sends other bytes than expected
     * @throws InterruptedIOException if the thread was interrupted; the interrupt stays set
     */
    void to(Path target) throws IOException {
        if (Files.exists(target)) {
            return;
        }
        Files.createDirectories(target.toAbsolutePath().getParent());
        Path part = target.resolveSibling(target.getFileName() + ".part");
        LOG.info("downloading {} to {}", source, target);
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            requireAlone(channel, part);
            gather(channel);
            channel.force(true);
        }
        String found = digest(part);
        if (!found.equals(sha256)) {
            Files.delete(part);
            throw new IOException(source + " should have SHA-256 " + sha256 + ", but what came has " + found);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void requireAlone(FileChannel channel, Path part) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException(part + " is being downloaded by another thread", e);
        }
        throw new IOException(part + " is being downloaded by another process");
    }

    /** Asks again, from where the last answer broke off. */
    private void gather(FileChannel channel) throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(PATIENCE)
                .build();
        for (int attempt = 1; ; attempt++) {
            try {
                ask(client, channel);
                return;
            } catch (BrokenOff e) {
                if (attempt == ATTEMPTS || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LOG.info("{} broke off after {} bytes", source, channel.size());
            }
        }
    }

    private void ask(HttpClient client, FileChannel channel) throws IOException {
        long have = channel.size();
        HttpRequest request = HttpRequest.newBuilder(source)
                .timeout(PATIENCE)
                .header("Range", "bytes=" + have + "-")
                .build();
        HttpResponse<InputStream> response = send(client, request);
        try (InputStream body = response.body()) {
            switch (response.statusCode()) {
                case 206 -> channel.position(have);
                case 200 -> channel.truncate(0).position(0); // the server knows no ranges and sends all
                case 416 -> { // nothing beyond what we have; the digest will tell
                    return;
                }
                default -> throw new IOException(source + " answered with status " + response.statusCode());
            }
            copy(body, channel);
        }
    }

    private static HttpResponse<InputStream> send(HttpClient client, HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the download of " + request.uri() + " was interrupted");
        }
    }

    private void copy(InputStream body, FileChannel channel) throws IOException {
        byte[] buffer = new byte[1 << 16];
        while (true) {
            int count;
            try {
                count = body.read(buffer);
            } catch (IOException e) {
                throw new BrokenOff(source + " broke off after " + channel.size() + " bytes", e);
            }
            if (count < 0) {
                return;
            }
            for (ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count); bytes.hasRemaining(); ) {
                channel.write(bytes);
            }
        }
    }

    /** The SHA-256 of a file, in hexadecimal digits. */
    static String digest(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static final class BrokenOff extends IOException {
        private static final long serialVersionUID = 1;

        BrokenOff(String message, IOException cause) {
            super(message, cause);
        }
    }
}
