package org.scorebook.bench;

import ai.djl.ndarray.NDArray;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Arrays by name in a file that either engine can read, so that both can be shown to compute the same network. */
public final class SharedWeights {
    private SharedWeights() {}

    /**
     * An array.
     *
     * @param shape of it
     * @param values in the order of C
     */
    public record Values(long[] shape, float[] values) {
        /** An array's. */
        public static Values of(NDArray array) {
            return new Values(array.getShape().getShape(), array.toFloatArray());
        }
    }

    /** Writes them. */
    public static void write(Path file, Map<String, Values> arrays) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(arrays.size());
            for (Map.Entry<String, Values> array : arrays.entrySet()) {
                out.writeUTF(array.getKey());
                out.writeInt(array.getValue().shape().length);
                for (long size : array.getValue().shape()) {
                    out.writeLong(size);
                }
                out.writeInt(array.getValue().values().length);
                for (float value : array.getValue().values()) {
                    out.writeFloat(value);
                }
            }
        }
    }

    /** Reads them, in the order in which they were written. */
    public static Map<String, Values> read(Path file) throws IOException {
        Map<String, Values> arrays = new LinkedHashMap<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            for (int left = in.readInt(); left > 0; left--) {
                String name = in.readUTF();
                long[] shape = new long[in.readInt()];
                for (int i = 0; i < shape.length; i++) {
                    shape[i] = in.readLong();
                }
                float[] values = new float[in.readInt()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = in.readFloat();
                }
                arrays.put(name, new Values(shape, values));
            }
        }
        return arrays;
    }
}
