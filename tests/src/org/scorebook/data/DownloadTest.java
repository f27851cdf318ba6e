package org.scorebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    private static final byte[] CONTENT = DataFiles.random(300_000, 1);

    @TempDir
    private Path folder;

    private FileServer server;
    private Path target;
    private String digest;

    @BeforeEach
    void start() throws IOException {
        server = new FileServer();
        server.put("/file", CONTENT);
        target = folder.resolve("sub/file");
        digest = Download.digest(Files.write(folder.resolve("digest"), CONTENT));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aFileComesOnce() throws IOException {
        download().to(target);
        download().to(target);
        assertArrayEquals(CONTENT, Files.readAllBytes(target));
        assertEquals(List.of("bytes=0-"), server.ranges());
        assertNoPart();
    }

    @Test
    void digestsAreThoseOfTheStandard() throws IOException {
        Path abc = Files.writeString(folder.resolve("abc"), "abc");
        assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Download.digest(abc));
    }

    @Test
    void aBrokenConnectionIsTakenUpWhereItBroke() throws IOException {
        server.cutAfter(100_000, 2);
        download().to(target);
        assertArrayEquals(CONTENT, Files.readAllBytes(target));
        assertEquals(3, server.ranges().size());
        assertTrue(start(1) > 0 && start(2) > start(1), server.ranges().toString());
        assertNoPart();
    }

    @Test
    void aLaterCallGoesOn() throws IOException {
        server.cutAfter(40_000, 5);
        String message =
                assertThrows(IOException.class, () -> download().to(target)).getMessage();
        assertTrue(message.startsWith(server.address() + "file broke off after "), message);
        assertFalse(Files.exists(target));
        download().to(target);
        assertArrayEquals(CONTENT, Files.readAllBytes(target));
        assertTrue(start(5) > 0, server.ranges().toString());
    }

    @Test
    void aServerWithoutRangesSendsAllAgain() throws IOException {
        server.withoutRanges();
        server.cutAfter(100_000, 1);
        download().to(target);
        assertArrayEquals(CONTENT, Files.readAllBytes(target));
    }

    @Test
    void aWholePartIsAllThatIsNeeded() throws IOException {
        Files.createDirectories(target.getParent());
        Files.write(part(), CONTENT);
        download().to(target);
        assertArrayEquals(CONTENT, Files.readAllBytes(target));
    }

    @Test
    void wrongBytesAreThrownAway() throws IOException {
        byte[] wrong = CONTENT.clone();
        wrong[1234] ^= 1;
        server.put("/file", wrong);
        String message =
                assertThrows(IOException.class, () -> download().to(target)).getMessage();
        assertTrue(message.startsWith(server.address() + "file should have SHA-256 " + digest + ", but"), message);
        assertFalse(Files.exists(target));
        assertNoPart();
        Files.write(part(), Arrays.copyOf(wrong, 5000));
        server.put("/file", CONTENT);
        assertThrows(IOException.class, () -> download().to(target));
        download().to(target);
        assertArrayEquals(CONTENT, Files.readAllBytes(target));
    }

    @Test
    void errorsOfTheServerAreTold() {
        Download lost = new Download(URI.create(server.address() + "lost"), digest);
        String message = assertThrows(IOException.class, () -> lost.to(target)).getMessage();
        assertEquals(server.address() + "lost answered with status 404", message);
        server.close();
        assertThrows(IOException.class, () -> download().to(target));
    }

    @Test
    @Timeout(60)
    void interruptionStopsEvenASilentServer() throws IOException {
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> download().to(target));
        server.hold(50_000);
        Thread caller = Thread.currentThread();
        new Thread(() -> {
                    server.awaitHeld();
                    caller.interrupt();
                })
                .start();
        assertThrows(CancellationException.class, () -> download().to(target));
        assertFalse(Thread.interrupted());
        assertFalse(Files.exists(target));
        server.release();
        download().to(target);
        assertArrayEquals(CONTENT, Files.readAllBytes(target));
    }

    @Test
    void oneAtATime() throws IOException {
        Files.createDirectories(target.getParent());
        try (FileChannel other = FileChannel.open(part(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = other.lock()) {
            assertTrue(lock.isValid());
            String message =
                    assertThrows(IOException.class, () -> download().to(target)).getMessage();
            assertEquals(part() + " is being downloaded by another thread", message);
        }
    }

    private Download download() {
        return new Download(URI.create(server.address() + "file"), digest);
    }

    private long start(int request) {
        return Long.parseLong(server.ranges().get(request).replaceAll("\\D", ""));
    }

    private Path part() {
        return target.resolveSibling("file.part");
    }

    private void assertNoPart() {
        assertFalse(Files.exists(part()));
    }
}
