package org.scorebook.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/**
 * What a server has answered.
 *
 * @param headers by names in lower case, the first of each
 */
record Answer(int status, Map<String, String> headers, byte[] body) {
    static Answer of(HttpResponse<byte[]> response) {
        Map<String, String> headers = new TreeMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
        return new Answer(response.statusCode(), headers, response.body());
    }

    /** From the bytes of an HTTP/1.1 answer whose body goes on to their end. */
    static Answer parse(byte[] bytes) {
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = all.indexOf("\r\n\r\n");
        assertTrue(end > 0 && all.startsWith("HTTP/1.1 "), () -> "no answer: " + all);
        List<String> lines = List.of(all.substring(0, end).split("\r\n"));
        Map<String, String> headers = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] parts = line.split(": ?", 2);
            headers.putIfAbsent(parts[0].toLowerCase(), parts[1]);
        }
        byte[] body = all.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
        return new Answer(Integer.parseInt(all.substring(9, 12)), headers, body);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    String header(String name) {
        return headers.get(name.toLowerCase());
    }

    @Override
    public String toString() {
        String type = String.valueOf(header("Content-Type"));
        return status + " " + headers + (type.startsWith("image/") ? "" : " " + text());
    }

    /** As one that must have this status. */
    Answer with(int right) {
        assertEquals(right, status, this::toString);
        return this;
    }

    JsonObject json() {
        assertEquals("application/json", header("Content-Type"), this::toString);
        return JsonParser.parseString(text()).getAsJsonObject();
    }

    BufferedImage png() throws IOException {
        assertEquals("image/png", header("Content-Type"), this::toString);
        return png(body);
    }

    static BufferedImage png(byte[] bytes) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
        assertNotNull(image, "no picture");
        return image;
    }

    /** Checks that these are problem details by RFC 9457, without anything from inside the program. */
    JsonObject problem() {
        assertEquals("application/problem+json", header("Content-Type"), this::toString);
        JsonObject problem = JsonParser.parseString(text()).getAsJsonObject();
        assertEquals(status, problem.get("status").getAsInt());
        for (String part : List.of("type", "title", "detail")) {
            JsonElement value = problem.get(part);
            assertTrue(value != null && !value.getAsString().isBlank(), () -> part + " of " + text());
        }
        for (String inner : List.of("Exception", "\tat ", "\\tat ", ".java:", "org.eclipse", "com.google")) {
            assertTrue(!text().contains(inner), () -> inner + " in " + text());
        }
        return problem;
    }

    /** The names of the fields that a problem finds wrong. */
    List<String> wrongFields() {
        return problem().getAsJsonArray("errors").asList().stream()
                .map(error -> error.getAsJsonObject().get("field").getAsString())
                .toList();
    }
}
