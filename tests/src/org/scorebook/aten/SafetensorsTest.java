package org.scorebook.aten;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.Seeded;

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

    /** Cut off anywhere, the file is refused by name, and never half read. */
    @Test
    void damagedFilesAreRefused() throws IOException {
        Path file = folder.resolve("x.safetensors");
        Safetensors.write(file, Map.of("x", manager.create(new float[] {1, -2, 3})));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 3) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            String message = assertThrows(IOException.class, () -> Safetensors.read(file, manager))
                    .getMessage();
            assertTrue(message.startsWith(file + " is not a whole safetensors file: at byte "), message);
        }
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
