package org.scorebook.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The bytes of a file, unpacked if it is gzip, with a count of those read so far, so that errors can tell the place. In a
 * packed file the count is of unpacked bytes.
 */
final class ByteSource implements AutoCloseable {
    private static final int GZIP = 0x1f8b;

    private final Path file;
    private final InputStream stream;
    private long offset;

    private ByteSource(Path file, InputStream stream) {
        this.file = file;
        this.stream = stream;
    }

    /** Whether a file is packed is told by its first two bytes, not by its name. */
    static ByteSource open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            raw.mark(2);
            int magic = raw.read() << 8 | raw.read();
            raw.reset();
            return new ByteSource(file, magic == GZIP ? new GZIPInputStream(raw, 1 << 16) : raw);
        } catch (IOException e) {
            raw.close();
            throw BadDataFile.at(file, 0, "it begins like gzip, but is not (" + e.getMessage() + ")", e);
        }
    }

    /** Exactly so many bytes. */
    byte[] bytes(int count, String what) throws BadDataFile {
        byte[] bytes = new byte[0];
        try {
            bytes = stream.readNBytes(count);
        } catch (IOException e) {
            throw BadDataFile.at(
                    file, offset, "the " + what + " that begin here cannot be unpacked (" + e.getMessage() + ")", e);
        }
        offset += bytes.length;
        if (bytes.length < count) {
            throw bad(
                    offset, "the file ends here, but should have " + (count - bytes.length) + " more bytes of " + what);
        }
        return bytes;
    }

    /** A number of four bytes, the highest first. */
    int number(String what) throws BadDataFile {
        return ByteBuffer.wrap(bytes(4, what)).getInt();
    }

    /** Nothing may follow. Reading the end also checks the checksum of a packed file. */
    void end() throws BadDataFile {
        try {
            if (stream.read() >= 0) {
                throw bad(offset, "the file should end here, but goes on");
            }
        } catch (BadDataFile e) {
            throw e;
        } catch (IOException e) {
            throw BadDataFile.at(file, offset, "the end cannot be unpacked (" + e.getMessage() + ")", e);
        }
    }

    /** How many bytes were read. */
    long offset() {
        return offset;
    }

    BadDataFile bad(long place, String problem) {
        return BadDataFile.at(file, place, problem, null);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
