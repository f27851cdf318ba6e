package org.scorebook.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.scorebook.base.AtomicFiles;

/** Numbers over the steps, one JSON object a line; a last line cut short by a kill is passed over. */
final class MetricsFile {
    private static final Gson GSON =
            new GsonBuilder().serializeSpecialFloatingPointValues().create();

    private final Path file;

    MetricsFile(Path file) {
        this.file = file;
    }

    void append(Map<String, ? extends Number> values) throws IOException {
        byte[] line = (GSON.toJson(values) + "\n").getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            long length = out.length();
            boolean cutShort = length > 0 && lastByte(out, length) != '\n';
            out.seek(length);
            if (cutShort) {
                out.write('\n');
            }
            out.write(line);
        }
    }

    private static int lastByte(RandomAccessFile in, long length) throws IOException {
        in.seek(length - 1);
        return in.read();
    }

    List<Map<String, Double>> read() throws IOException {
        List<Map<String, Double>> rows = new ArrayList<>();
        for (String line : lines()) {
            JsonObject object = parse(line);
            if (object != null) {
                Map<String, Double> row = new LinkedHashMap<>();
                object.entrySet().forEach(value -> row.put(value.getKey(), number(value.getValue())));
                rows.add(row);
            }
        }
        return rows;
    }

    private List<String> lines() throws IOException {
        return Files.exists(file)
                ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .toList()
                : List.of();
    }

    private static JsonObject parse(String line) {
        try {
            return new Gson().fromJson(line, JsonElement.class) instanceof JsonObject object ? object : null;
        } catch (JsonParseException e) {
            return null; // cut short
        }
    }

    private static double number(JsonElement value) {
        try {
            return value.getAsDouble();
        } catch (RuntimeException e) {
            return Double.NaN;
        }
    }

    /** Drops what is behind a step, because a resumed run writes it again. */
    void truncateAfter(long step) throws IOException {
        String kept = lines().stream()
                .filter(line -> {
                    JsonObject row = parse(line);
                    return row != null && row.has("step") && row.get("step").getAsLong() <= step;
                })
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        AtomicFiles.write(file, kept.getBytes(StandardCharsets.UTF_8));
    }
}
