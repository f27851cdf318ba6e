package org.scorebook.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What the system throws, where it can be made to. */
class SentenceTest {
    @TempDir
    private Path folder;

    private static String of(Executable action) {
        return Sentence.of(assertThrows(IOException.class, action));
    }

    @Test
    void filesAreNamedWithWhatIsWrongWithThem() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[] {(byte) 0xE9});
        Path none = folder.resolve("none").resolve("file");
        assertEquals("there is no " + none, of(() -> Files.readAllBytes(none)));
        assertEquals(file + " must be a folder, but is a file", of(() -> Files.newDirectoryStream(file)));
        assertEquals(
                file + " is there already, and is not what is needed there", of(() -> Files.createDirectories(file)));
        assertEquals(folder + " cannot be read or written: DirectoryNotEmptyException", of(() -> Files.delete(folder)));
        assertEquals("a file that should be text in UTF-8 is not", of(() -> Files.readString(file)));
        assertEquals("there is no permission to read or write x", Sentence.of(new AccessDeniedException("x")));
    }

    @Test
    void othersSayWhatTheySay() {
        assertEquals("why", Sentence.of(new IOException("why")));
        assertEquals("IllegalStateException", Sentence.of(new IllegalStateException()));
        assertEquals(
                "a file that should be text in UTF-8 is not",
                Sentence.of(new UncheckedIOException(new MalformedInputException(2))));
    }
}
