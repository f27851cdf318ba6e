package org.scorebook.service;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** Requests with something wrong in them, made at random from an OpenAPI document. None is for work. */
final class MalformedRequests {
    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW", "get", "PO ST", "\0");
    private static final List<String> ESCAPES = List.of(
            "%2e%2e",
            "..",
            "%2f",
            "%5c",
            "\\",
            "%00",
            "%0d%0a",
            "%",
            "%zz",
            "%u002e",
            "%c0%ae",
            "%ff",
            ";a=b",
            ";",
            "//",
            "/./",
            "\u00e9",
            " ",
            "\t",
            "?",
            "#",
            "%252e%252e",
            "*",
            "{id}",
            "<script>",
            "'\"",
            "a".repeat(9000));
    private static final List<String> HEADERS = List.of(
            "Host: other.example",
            "Host:",
            "Host: a b",
            "Host: localhost:99999999",
            "Host: [::1",
            "Host: localhost@x",
            "Content-Length: -1",
            "Content-Length: x",
            "Content-Length: 99999999999999999999",
            "Content-Length: 2\r\nContent-Length: 3",
            "Transfer-Encoding: chunked\r\nContent-Length: 5",
            "Transfer-Encoding: gzip",
            "Origin: http://other.example",
            "Origin: null",
            "Origin: \u00e9",
            "Bad Name: x",
            ": x",
            "NoColon",
            "X: \0",
            "X: a\r b",
            "X:" + " x".repeat(40_000),
            "Expect: 200-fine",
            "Accept: \u00ff;;;q=z",
            "Range: bytes=9-1",
            "If-None-Match: *",
            "Connection: upgrade\r\nUpgrade: h2c",
            "Last-Event-ID: -1",
            "Authorization: Basic x",
            "Cookie: a=b; \0",
            "traceparent: 00-x",
            "Content-Encoding: gzip");
    private static final List<String> NO_OBJECTS = List.of(
            "",
            " ",
            "[]",
            "1",
            "null",
            "\"x\"",
            "true",
            "{",
            "}",
            "{\"seed\": }",
            "{\"seed\": 1,}",
            "{'seed': 1}",
            "{\"seed\": NaN}",
            "{\"seed\": 01}",
            "{\"seed\": 1} x",
            "// c\n{}",
            "{\"a\" 1}",
            "{\"a\": \"\n\"}",
            "{\"a\": \"\\x\"}",
            "{\"a\": \"\\ud800",
            ")]}'\n{}",
            "{\"a\": +1}",
            "{\"a\": .5}");
    private static final List<String> TYPES = List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/jsonx",
            "application",
            "*/*",
            ";;;",
            "application/problem+json",
            "application/json-patch+json",
            "\u00e9/\u00e9");

    private static final List<String> CHUNKS = List.of("zz\r\n", "-1\r\n{}", "5\r\n{}", "ffffffffff\r\n");

    private final List<String> paths;
    private final List<String> posts;
    private final JsonObject document;
    private final Random random;
    private final MalformedFields fields;

    MalformedRequests(JsonObject document, long seed) {
        this.document = document;
        random = new Random(seed);
        fields = new MalformedFields(random);
        paths = new ArrayList<>(document.getAsJsonObject("paths").keySet());
        posts = paths.stream().filter(path -> operations(path).has("post")).toList();
    }

    /**
     * One of them.
     *
     * @param right statuses of answers; empty for any that says that the client is wrong, and for success where all that is odd
     *     can be ignored
     * @param fields the fields that are wrong; empty for any
     * @param whole whether the server need not wait for more
     */
    record Malformed(byte[] bytes, Set<Integer> right, List<String> fields, boolean whole) {
        @Override
        public String toString() {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            return text.length() < 1000 ? text : text.substring(0, 1000) + "...";
        }
    }

    private JsonObject operations(String path) {
        return document.getAsJsonObject("paths").getAsJsonObject(path);
    }

    Malformed next() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> wrongFields();
            case 3 -> noObject();
            case 4 -> garbled();
            case 5 -> wrongMethod();
            case 6 -> wrongType();
            case 7 -> oddPath();
            case 8 -> oddHeader();
            default -> noHttp();
        };
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String head(String method, String path, String more) {
        return method + " " + path + " HTTP/1.1\r\n" + (more.contains("Host:") ? "" : "Host: 127.0.0.1\r\n")
                + "Connection: close\r\n" + more;
    }

    private static byte[] withBody(String path, String type, byte[] body) {
        byte[] head =
                latin(head("POST", path, "Content-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n\r\n"));
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private static Malformed json(String path, byte[] body, Integer... right) {
        return new Malformed(withBody(path, "application/json", body), Set.of(right), List.of(), true);
    }

    private Malformed wrongFields() {
        String path = any(posts);
        MalformedFields.Body body = fields.next(properties(path));
        byte[] bytes = body.json().getBytes(StandardCharsets.UTF_8);
        return new Malformed(withBody(path, "application/json", bytes), Set.of(422), body.wrong(), true);
    }

    private JsonObject properties(String path) {
        return operations(path)
                .getAsJsonObject("post")
                .getAsJsonObject("requestBody")
                .getAsJsonObject("content")
                .getAsJsonObject("application/json")
                .getAsJsonObject("schema")
                .getAsJsonObject("properties");
    }

    private Malformed noObject() {
        String text = any(NO_OBJECTS);
        if (text.isEmpty()) {
            return json(any(posts), new byte[70_000 + random.nextInt(9)], 413);
        }
        return json(any(posts), text.getBytes(StandardCharsets.UTF_8), 400);
    }

    /** Cut off, too deep, no UTF-8. */
    private Malformed garbled() {
        String path = any(posts);
        return switch (random.nextInt(4)) {
            case 0 -> {
                String json = fields.next(properties(path)).json();
                yield json(path, latin(json.substring(0, 1 + random.nextInt(json.length() - 1))), 400);
            }
            case 1 -> {
                int depth = 1 + random.nextInt(15_000);
                String open = random.nextBoolean() ? "[" : "{\"a\":";
                String close = open.equals("[") ? "]" : "}";
                String deep = open.repeat(depth) + (open.equals("[") ? "" : "1") + close.repeat(depth);
                String cut = deep.length() > 60_000 ? open.repeat(9_000) : deep;
                yield json(path, latin("{\"deep\": " + cut + "}"), 400, 422);
            }
            case 2 -> {
                byte[] noise = new byte[1 + random.nextInt(200)];
                random.nextBytes(noise);
                noise[0] = (byte) 0xff;
                yield json(path, noise, 400);
            }
            default -> {
                String json = "{\"model\": \"";
                byte[] bytes = latin(json + any(List.of("\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00f8\u0088")) + "\"}");
                yield json(path, bytes, 400);
            }
        };
    }

    private Malformed wrongMethod() {
        String path = any(paths);
        List<String> wrong = METHODS.stream()
                .filter(method -> !operations(path).has(method.toLowerCase()))
                .toList();
        return new Malformed(
                latin(head(any(wrong), path.replaceAll("\\{\\w+}", "a"), "\r\n")),
                Set.of(400, 404, 405),
                List.of(),
                true);
    }

    private Malformed wrongType() {
        return new Malformed(withBody(any(posts), any(TYPES), latin("{\"seed\": -1}")), Set.of(415), List.of(), true);
    }

    private Malformed oddPath() {
        StringBuilder path = new StringBuilder(any(paths).replaceAll("\\{\\w+}", "a"));
        IntStream.range(0, 1 + random.nextInt(4))
                .forEach(i -> path.insert(1 + random.nextInt(path.length()), any(ESCAPES)));
        if (random.nextInt(4) == 0) {
            path.append("?model=").append(any(ESCAPES)).append(any(ESCAPES));
        }
        return new Malformed(latin(head("GET", path.toString(), "\r\n")), Set.of(), List.of(), true);
    }

    private Malformed oddHeader() {
        String head = head(random.nextInt(3) > 0 ? "GET" : "DELETE", any(paths).replaceAll("\\{\\w+}", "a"), "");
        String odd = any(HEADERS);
        if (odd.startsWith("Host:")) {
            head = head.replace("Host: 127.0.0.1\r\n", "");
        }
        return new Malformed(latin(head + odd + "\r\n\r\n"), Set.of(), List.of(), false);
    }

    private Malformed noHttp() {
        byte[] noise = new byte[1 + random.nextInt(300)];
        random.nextBytes(noise);
        String get = "GET " + any(paths);
        String post = "POST " + any(posts) + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
        return switch (random.nextInt(7)) {
            case 0 -> halfOpen(noise);
            case 1 -> halfOpen(latin(get));
            case 2 -> halfOpen(latin(get + " HTTP/" + any(List.of("0.9", "x", "1.1.1")) + "\r\n\r\n"));
            case 3 -> halfOpen(latin(get + " HTTP/" + any(List.of("2.0", "3")) + "\r\n\r\n"), 426, 505);
            case 4 -> halfOpen(latin(get + " HTTP/1.1\r\nConnection: close\r\n\r\n"), 400, 403);
            case 5 -> halfOpen(latin(post + "Transfer-Encoding: chunked\r\n\r\n" + any(CHUNKS)), 400);
            default -> halfOpen(latin(post + "Content-Length: 90\r\n\r\n{\"seed\": 1"), 400);
        };
    }

    private static Malformed halfOpen(byte[] bytes, Integer... right) {
        return new Malformed(bytes, Set.of(right), List.of(), false);
    }
}
