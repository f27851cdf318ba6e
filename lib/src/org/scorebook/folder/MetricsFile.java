package org.scorebook.folder;

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
import org.scorebook.base.AtomicFiles;
import org.scorebook.base.DamagedFile;
import org.scorebook.base.TextFile;

/**
 * Numbers over the steps, one JSON object a line. A kill can cut the last line short: it is passed over, and the next one takes its
 * place. Other lines that are none are passed over in reading, but never dropped.
 */
final class MetricsFile {
    private static final Gson GSON =
            new GsonBuilder().serializeSpecialFloatingPointValues().create();
    private static final int SHOWN = 40;

    private final Path file;

    MetricsFile(Path file) {
        this.file = file;
    }

    void append(Map<String, ? extends Number> values) throws IOException {
        byte[] line = (GSON.toJson(values) + "\n").getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(end(out));
            out.write(line);
            out.setLength(out.getFilePointer());
        }
    }

    /** Behind the last line; one that was cut short is none. */
    private long end(RandomAccessFile in) throws IOException {
        long length = in.length();
        if (length == 0 || byteAt(in, length - 1) == '\n') {
            return length;
        }
        long begin = length;
        while (begin > 0 && byteAt(in, begin - 1) != '\n') {
            begin--;
        }
        byte[] last = new byte[Math.toIntExact(length - begin)];
        in.seek(begin);
        in.readFully(last);
        if (parse(new String(last, StandardCharsets.UTF_8)) == null) {
            return begin;
        }
        in.seek(length);
        in.write('\n');
        return length + 1;
    }

    private static int byteAt(RandomAccessFile in, long place) throws IOException {
        in.seek(place);
        return in.read();
    }

    /** All lines that are whole. */
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
        return text().lines().toList();
    }

    private String text() throws IOException {
        return Files.exists(file) ? TextFile.read(file, "move it away") : "";
    }

    private static JsonObject parse(String line) {
        try {
            return GSON.fromJson(line, JsonElement.class) instanceof JsonObject object ? object : null;
        } catch (JsonParseException e) {
            return null;
        }
    }

    private static double number(JsonElement value) {
        try {
            return value.getAsDouble();
        } catch (RuntimeException e) {
            return Double.NaN;
        }
    }

    /**
     * Drops what is behind a step, because a resumed run writes it again, and a last line that was cut short.
     *
     * @throws IOException for another line that is none; the file is left as it is
     */
    void truncateAfter(long step) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        StringBuilder kept = new StringBuilder();
        for (StepLine line : checked()) {
            if (line.step() <= step) {
                kept.append(line.text()).append('\n');
            }
        }
        AtomicFiles.write(file, kept.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IOException for a line that is none, unless it is the last and was cut short */
    void check() throws IOException {
        checked();
    }

    private record StepLine(String text, double step) {}

    private List<StepLine> checked() throws IOException {
        String text = text();
        List<String> all = text.lines().toList();
        int whole = text.endsWith("\n") ? all.size() : all.size() - 1;
        List<StepLine> lines = new ArrayList<>();
        for (int k = 0; k < all.size(); k++) {
            JsonObject row = parse(all.get(k));
            double step = row != null && row.has("step") ? number(row.get("step")) : Double.NaN;
            if (!Double.isNaN(step)) {
                lines.add(new StepLine(all.get(k), step));
            } else if (k < whole) {
                throw damaged(k + 1, all.get(k));
            }
        }
        return lines;
    }

    private IOException damaged(int number, String line) {
        String shown = line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
        return new DamagedFile(
                file,
                "is damaged: line " + number + " must be a JSON object with a step, but is "
                        + shown.replaceAll("\\p{Cntrl}", "?"),
                "mend or remove this line, then resume the run",
                null);
    }
}
