package org.scorebook.aten;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named arrays in a file that PyTorch, JAX and others read too: the length of a JSON header in 8 bytes, the header with each
 * array's type, shape and place, then the numbers, all little-endian. Here arrays of float32, float64 and int64.
 *
 * <p>Source: Hugging Face, the safetensors format.
 */
public final class Safetensors {
    private static final Map<String, DataType> TYPES =
            Map.of("F32", DataType.FLOAT32, "F64", DataType.FLOAT64, "I64", DataType.INT64);
    private static final long LARGEST_HEADER = 100_000_000;

    private Safetensors() {}

    /** Writes a file whole, to the disk and not only to the system's memory; one that is there is replaced. */
    public static void write(Path file, Map<String, NDArray> arrays) throws IOException {
        JsonObject header = new JsonObject();
        long offset = 0;
        for (Map.Entry<String, NDArray> entry : arrays.entrySet()) {
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
        place.addProperty("dtype", name(array.getDataType()));
        place.add("shape", numbers(array.getShape().getShape()));
        place.add("data_offsets", numbers(begin, end));
        return place;
    }

    private static String name(DataType type) {
        return TYPES.entrySet().stream()
                .filter(entry -> entry.getValue() == type)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "arrays must be of float32, float64 or int64, but one is of " + type));
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
     * @throws IOException if the file is not whole or not of this format; the message names the file and the place
     */
    public static Map<String, NDArray> read(Path file, NDManager manager) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < 8) {
            throw damaged(file, 0, "the file has " + bytes.remaining() + " bytes and no header", null);
        }
        long length = bytes.getLong();
        if (length < 2 || length > LARGEST_HEADER || length > bytes.remaining()) {
            throw damaged(file, 0, "the header's length " + length + " does not fit the file", null);
        }
        String text =
                StandardCharsets.UTF_8.decode(bytes.slice(8, (int) length)).toString();
        ByteBuffer data = bytes.slice(8 + (int) length, bytes.capacity() - 8 - (int) length)
                .order(ByteOrder.LITTLE_ENDIAN);
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, JsonElement> entry : header(text).entrySet()) {
                if (!entry.getKey().equals("__metadata__")) {
                    arrays.put(entry.getKey(), array(entry.getValue().getAsJsonObject(), data, manager));
                }
            }
        } catch (JsonParseException | IllegalStateException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw damaged(file, 8, "the header is damaged or names numbers beyond the file's end", e);
        }
        return arrays;
    }

    private static JsonObject header(String text) {
        if (new Gson().fromJson(text, JsonElement.class) instanceof JsonObject object) {
            return object;
        }
        throw new JsonParseException("not a JSON object");
    }

    private static NDArray array(JsonObject place, ByteBuffer data, NDManager manager) {
        DataType type = TYPES.get(place.get("dtype").getAsString());
        if (type == null) {
            throw new IllegalArgumentException("unknown type " + place.get("dtype"));
        }
        Shape shape = new Shape(new Gson().fromJson(place.get("shape"), long[].class));
        int begin = place.getAsJsonArray("data_offsets").get(0).getAsInt();
        int end = place.getAsJsonArray("data_offsets").get(1).getAsInt();
        if (end - begin != shape.size() * type.getNumOfBytes()) {
            throw new IllegalArgumentException("shape and place do not agree");
        }
        ByteBuffer own = manager.allocateDirect(end - begin).order(ByteOrder.nativeOrder());
        own.put(data.slice(begin, end - begin)).rewind();
        return manager.create(own, shape, type);
    }

    private static IOException damaged(Path file, long offset, String what, Throwable cause) {
        return new IOException(
                file + " is not a whole safetensors file: at byte " + offset + " " + what + "; take another copy.",
                cause);
    }
}
