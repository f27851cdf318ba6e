package org.scorebook.loop;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Damages a file of a checkpoint, as disks, people and programs do. */
final class Mutant {
    private static final List<String> VALUES = List.of(
            "null",
            "\"x\"",
            "-1",
            "1e999",
            "NaN",
            "-Infinity",
            "[]",
            "{}",
            "3.5",
            "true",
            "[null]",
            "[1, 2]",
            "99999999999");

    private final Path folder;
    private final Path older;
    private final Random random;

    /** @param older the checkpoint before */
    Mutant(Path folder, Path older, Random random) {
        this.folder = folder;
        this.older = older;
        this.random = random;
    }

    /** Does one thing, and says what. */
    String damage() throws IOException {
        List<Path> files = files("");
        Path file = files.get(random.nextInt(files.size()));
        return switch (random.nextInt(8)) {
            case 0 -> truncated(file);
            case 1 -> flipped(file);
            case 2 -> deleted(file);
            case 3 -> longer(file);
            case 4 -> swapped(file);
            case 5 -> fromBefore(file);
            case 6 -> otherJson(one(".json"));
            default -> notFinite(one(".safetensors"));
        };
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private Path one(String ending) throws IOException {
        List<Path> files = files(ending);
        return files.get(random.nextInt(files.size()));
    }

    private String truncated(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int length = random.nextInt(bytes.length);
        Files.write(file, Arrays.copyOf(bytes, length));
        return file.getFileName() + " cut to " + length;
    }

    /** In the header of arrays as often as in their numbers. */
    private String flipped(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int place = random.nextInt(random.nextBoolean() ? bytes.length : Math.min(bytes.length, 400));
        bytes[place] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
        return file.getFileName() + " flipped at " + place;
    }

    private String deleted(Path file) throws IOException {
        Files.delete(file);
        return file.getFileName() + " deleted";
    }

    private String longer(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9)));
        return file.getFileName() + " longer";
    }

    private String swapped(Path file) throws IOException {
        String name = file.getFileName().toString();
        Path other = one(name.contains(".") ? name.substring(name.indexOf('.')) : "");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Files.readAllBytes(other));
        Files.write(other, bytes);
        return name + " swapped with " + other.getFileName();
    }

    private String fromBefore(Path file) throws IOException {
        Files.write(file, Files.readAllBytes(older.resolve(file.getFileName())));
        return file.getFileName() + " from before";
    }

    private String otherJson(Path file) throws IOException {
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        List<String> keys = List.copyOf(json.keySet());
        String key = keys.get(random.nextInt(keys.size()));
        String what;
        if (random.nextInt(3) == 0) {
            json.remove(key);
            what = " without " + key;
        } else {
            String value = VALUES.get(random.nextInt(VALUES.size()));
            json.add(key, value.equals("null") ? JsonNull.INSTANCE : parsed(value));
            what = " with " + key + " " + value;
        }
        Files.writeString(file, json.toString());
        return file.getFileName() + what;
    }

    private static JsonElement parsed(String value) {
        return JsonParser.parseString(value);
    }

    private String notFinite(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int start = 8 + (int) bytes.getLong(0);
        int numbers = (bytes.capacity() - start) / Float.BYTES;
        float value = random.nextBoolean() ? Float.NaN : Float.NEGATIVE_INFINITY;
        bytes.putFloat(start + Float.BYTES * random.nextInt(numbers), value);
        Files.write(file, bytes.array());
        return file.getFileName() + " with " + value;
    }
}
