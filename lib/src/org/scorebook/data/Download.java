package org.scorebook.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
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
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
     * @throws CancellationException if the thread was interrupted; the interrupt is used up, and what came is kept
     */
    void to(Path target) throws IOException {
        if (Files.exists(target)) {
            return;
        }
        Files.createDirectories(target.toAbsolutePath().getParent());
        Path part = target.resolveSibling(target.getFileName() + ".part");
        LOG.info("downloading {} to {}", source, target);
        try {
            gather(part);
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new CancellationException("the download of " + source + " was interrupted");
            }
            throw e;
        }
        String found = digest(part);
        if (!found.equals(sha256)) {
            Files.delete(part);
            throw new IOException(source + " should have SHA-256 " + sha256 + ", but what came has " + found);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private void gather(Path part) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            requireAlone(channel, part);
            gather(channel);
            channel.force(true);
        }
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
                .header("Range", "bytes=" + have + "-")
                .build();
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request, info -> switch (info.statusCode()) {
            case 206 -> into(channel, have);
            case 200 -> into(channel, 0); // the server knows no ranges and sends all
            default -> HttpResponse.BodySubscribers.discarding();
        });
        int status = await(answer, channel).statusCode();
        // 416: nothing beyond what we have; the digest will tell
        if (status != 206 && status != 200 && status != 416) {
            throw new IOException(source + " answered with status " + status);
        }
    }

    /** Called by the client's thread. */
    private static HttpResponse.BodySubscriber<Void> into(FileChannel channel, long position) {
        try {
            channel.truncate(position).position(position);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HttpResponse.BodySubscribers.ofByteArrayConsumer(
                chunk -> chunk.ifPresent(bytes -> write(channel, bytes)));
    }

    private static void write(FileChannel channel, byte[] bytes) {
        try {
            for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits as long as bytes come; the client's own stream of a body cannot be interrupted and waits for ever. */
    private <T> T await(CompletableFuture<T> answer, FileChannel channel) throws IOException {
        while (true) {
            long before = channel.size();
            try {
                return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (channel.size() == before) {
                    answer.cancel(true);
                    throw new BrokenOff(source + " fell silent after " + before + " bytes", new IOException(e));
                }
            } catch (InterruptedException e) {
                answer.cancel(true);
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } catch (ExecutionException e) {
                throw failure(e.getCause(), channel);
            }
        }
    }

    /** A connection that could not be made, or a disk that is full, will not be better the next time. */
    private IOException failure(Throwable cause, FileChannel channel) throws IOException {
        if (cause instanceof UncheckedIOException disk) {
            return disk.getCause();
        }
        IOException reason = cause instanceof IOException known ? known : new IOException(cause);
        boolean begun = !(reason instanceof ConnectException);
        return begun ? new BrokenOff(source + " broke off after " + channel.size() + " bytes", reason) : reason;
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
