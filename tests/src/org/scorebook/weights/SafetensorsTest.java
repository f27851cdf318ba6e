package org.scorebook.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scorebook.Seeded;
import org.scorebook.base.DamagedFile;

class SafetensorsTest {
    @TempDir
    Path folder;

    @Seeded(5)
    private NDManager manager;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        arrays.put("b.weight", manager.randomNormal(new Shape(3, 1, 2)));
        arrays.put("a", manager.create(3.25f));
        arrays.put("long", manager.create(new long[] {Long.MIN_VALUE, 7}));
        arrays.put("half", manager.create(new float[] {1 / 3f, 65504, -0f}).toType(DataType.FLOAT16, true));
        arrays.put("double", manager.create(new double[] {Math.PI, -0.0, Double.POSITIVE_INFINITY}));
        Path file = folder.resolve("x.safetensors");
        Safetensors.write(file, arrays);
        Map<String, NDArray> read = Safetensors.read(file, manager);
        assertEquals(List.copyOf(arrays.keySet()), List.copyOf(read.keySet()));
        arrays.forEach((name, array) -> {
            assertEquals(array.getShape(), read.get(name).getShape());
            assertEquals(array.getDataType(), read.get(name).getDataType());
            assertArrayEquals(array.toByteArray(), read.get(name).toByteArray());
        });
    }

    /** The bytes as the format's description has them. */
    @Test
    void bytesOnDisk() throws IOException {
        Path file = folder.resolve("x.safetensors");
        Safetensors.write(file, Map.of("x", manager.create(new float[] {1, -2})));
        String header = "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
        int length = (header.length() + 7) / 8 * 8;
        byte[] bytes = Files.readAllBytes(file);
        assertEquals(8 + length + 8, bytes.length);
        assertEquals(length, bytes[0]);
        assertEquals(header, new String(bytes, 8, length, StandardCharsets.UTF_8).strip());
        assertArrayEquals(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0}, tail(bytes, 8));
    }

    /** Cut off anywhere, or longer than it says, the file is refused by name, and never half read. */
    @Test
    void filesOfAnotherLengthAreRefused() throws IOException {
        Path file = folder.resolve("x.safetensors");
        Safetensors.write(file, Map.of("x", manager.create(new float[] {1, -2, 3})));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length + 6; length += 3) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertRefused(file, "");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'a':{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | the header is no JSON
            [1] | the header is no JSON object
            {"a":1} | the entry of a is no JSON object
            {"a":{}} | the type of a must be F16, F32, F64 or I64, but is null
            {"a":{"dtype":"BF16","shape":[4],"data_offsets":[0,8]}} | the type of a must be F16, F32, F64 or I64, but is BF16
            {"a":{"dtype":"F32","data_offsets":[0,8]}} | shape of a is no list of numbers
            {"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}} | shape of a has 2.5, which is no whole number
            {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}} | shape of a has -2, which is negative
            {"a":{"dtype":"F32","shape":[null],"data_offsets":[0,8]}} | shape of a has null, which is no whole number
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[4294967296,4294967304]}} | the numbers of a begin at byte 4294967296, where 0 is right
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}} | shape and place of a do not agree
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | the numbers of b begin at byte 0, where 4 is right
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | the numbers of a begin at byte 4, where 0 is right
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | the arrays take 4 bytes, but 8 follow
            {"a":{"dtype":"F32","shape":[9223372036854775807,9],"data_offsets":[0,8]}} | long overflow
            """)
    void headersThatDoNotFitAreRefused(String header, String problem) throws IOException {
        Path file = folder.resolve("x.safetensors");
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(16 + text.length).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, bytes.putLong(text.length).put(text).array());
        assertRefused(file, problem + "; take another copy.");
    }

    private void assertRefused(Path file, String problem) {
        String message = assertThrows(DamagedFile.class, () -> Safetensors.read(file, manager))
                .getMessage();
        assertTrue(message.startsWith(file + " is no whole safetensors file: "), message);
        assertTrue(message.endsWith(problem), message);
    }

    @Test
    void otherTypesAreRefused() {
        NDArray bytes = manager.create(new byte[] {1});
        assertThrows(IllegalArgumentException.class, () -> Safetensors.write(folder.resolve("x"), Map.of("x", bytes)));
    }

    private static byte[] tail(byte[] bytes, int length) {
        return java.util.Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
    }
}
