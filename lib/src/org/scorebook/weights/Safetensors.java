package org.scorebook.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebook.base.DamagedFile;
import org.scorebook.base.Require;

/**
 * Named arrays in a file that PyTorch, JAX and others read too: the length of a JSON header in 8 bytes, the header with each
 * array's type, shape and place, then the numbers, all little-endian. Here arrays of float16, float32,
 * float64 and int64.
 *
 * <p>Source: Hugging Face, the safetensors format.
 */
public final class Safetensors {
    private static final long LARGEST_HEADER = 100_000_000;

    private Safetensors() {}

    /** Writes a file whole, to the disk and not only to the system's memory; one that is there is replaced. */
    public static void write(Path file, Map<String, NDArray> arrays) throws IOException {
        Require.given("file", file);
        JsonObject header = new JsonObject();
        long offset = 0;
        for (Map.Entry<String, NDArray> entry : Require.given("arrays", arrays).entrySet()) {
            NDArray array = entry.getValue();
            long bytes = array.size() * array.getDataType().getNumOfBytes();
            header.add(entry.getKey(), place(array, offset, offset + bytes));
            offset += bytes;
        }
        byte[] text = padded(header.toString());
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            put(
                    out,
                    ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(text.length)
                            .flip());
            put(out, ByteBuffer.wrap(text));
            for (NDArray array : arrays.values()) {
                put(out, array.toByteBuffer().rewind());
            }
            out.force(true);
        }
    }

    private static JsonObject place(NDArray array, long begin, long end) {
        JsonObject place = new JsonObject();
        place.addProperty("dtype", SafetensorsHeader.name(array.getDataType()));
        place.add("shape", numbers(array.getShape().getShape()));
        place.add("data_offsets", numbers(begin, end));
        return place;
    }

    private static JsonArray numbers(long... values) {
        JsonArray numbers = new JsonArray();
        for (long value : values) {
            numbers.add(value);
        }
        return numbers;
    }

    /** Filled up with spaces, so that the numbers start at a multiple of 8 bytes. */
    private static byte[] padded(String json) {
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        return (json + " ".repeat((8 - length % 8) % 8)).getBytes(StandardCharsets.UTF_8);
    }

    private static void put(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /**
     * Reads all arrays of a file, in the header's order.
     *
     * @throws DamagedFile if the file is not whole or not of this format; the message names the file and what is wrong
     * @throws IOException if the file cannot be read
     */
    public static Map<String, NDArray> read(Path file, NDManager manager) throws IOException {
        Require.given("manager", manager);
        try (FileChannel in = FileChannel.open(Require.given("file", file), StandardOpenOption.READ)) {
            int length = headerLength(file, in);
            String text = StandardCharsets.UTF_8.decode(take(in, 8, length)).toString();
            long start = 8L + length;
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            for (SafetensorsHeader.TensorEntry place : places(file, text, in.size() - start)) {
                ByteBuffer numbers = take(in, start + place.begin(), place.bytes());
                arrays.put(place.name(), manager.create(numbers, place.shape(), place.type()));
            }
            return arrays;
        }
    }

    /**
     * How many numbers the arrays of a file have in all; reads its header alone.
     *
     * @throws DamagedFile as {@link #read}
     */
    public static long count(Path file) throws IOException {
        Require.given("file", file);
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            int length = headerLength(file, in);
            String text = StandardCharsets.UTF_8.decode(take(in, 8, length)).toString();
            return places(file, text, in.size() - 8L - length).stream()
                    .mapToLong(place -> place.shape().size())
                    .sum();
        }
    }

    private static int headerLength(Path file, FileChannel in) throws IOException {
        if (in.size() < 8) {
            throw damaged(file, "the file has " + in.size() + " bytes and no header", null);
        }
        long length = take(in, 0, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > LARGEST_HEADER || length > in.size() - 8) {
            throw damaged(file, "the header's length " + length + " does not fit the file", null);
        }
        return (int) length;
    }

    private static List<SafetensorsHeader.TensorEntry> places(Path file, String text, long length) throws IOException {
        try {
            return SafetensorsHeader.parse(text, length);
        } catch (IllegalArgumentException | ArithmeticException e) { // the latter for a size beyond all numbers
            throw damaged(file, e.getMessage(), e);
        }
    }

    /** Bytes in the machine's own order, which is that of the format on all that the engine runs on. */
    private static ByteBuffer take(FileChannel in, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(length).order(ByteOrder.nativeOrder());
        while (bytes.hasRemaining()) {
            if (in.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return bytes.rewind();
    }

    private static DamagedFile damaged(Path file, String what, Throwable cause) {
        return new DamagedFile(file, "is no whole safetensors file: " + what, "take another copy", cause);
    }
}
