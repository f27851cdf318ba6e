package org.scorebook.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A client of a service.
 *
 * @param url of the service, without a path
 */
record Client(String url) {
    private static final long PATIENCE_SECONDS = 100;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    int port() {
        return URI.create(url).getPort();
    }

    /** @param headers names and values in turn */
    Answer get(String path, String... headers) throws Exception {
        return send("GET", path, null, headers);
    }

    Answer post(String path, String json, String... headers) throws Exception {
        return send("POST", path, json, headers);
    }

    Answer delete(String path) throws Exception {
        return send("DELETE", path, null);
    }

    private Answer send(String method, String path, String json, String... headers) throws Exception {
        return HTTP.sendAsync(request(method, path, json, headers), BodyHandlers.ofByteArray())
                .thenApply(Answer::of)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    CompletableFuture<Answer> later(String path, String json) {
        return HTTP.sendAsync(request("POST", path, json), BodyHandlers.ofByteArray())
                .thenApply(Answer::of);
    }

    /** Of a GET, with headers, names and values in turn. */
    Events events(String path, String... headers) throws IOException, InterruptedException {
        return new Events(HTTP.send(request("GET", path, null, headers), BodyHandlers.ofInputStream())
                .body());
    }

    /** Of a POST. */
    Events postForEvents(String path, String json) throws IOException, InterruptedException {
        HttpRequest request = request("POST", path, json, "Accept", "text/event-stream");
        return new Events(HTTP.send(request, BodyHandlers.ofInputStream()).body());
    }

    private HttpRequest request(String method, String path, String json, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (json == null) {
            return request.method(method, BodyPublishers.noBody()).build();
        }
        return request.header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json))
                .build();
    }

    /** How many requests for images are not finished, by the service's own figures. */
    int waiting() throws Exception {
        return get("/metrics")
                .with(200)
                .text()
                .lines()
                .filter(line -> line.startsWith("scorebook_generation_waiting "))
                .map(line -> (int) Double.parseDouble(line.split(" ")[1]))
                .findFirst()
                .orElseThrow();
    }

    /** Until so many are not finished. */
    void awaitWaiting(int number) throws Exception {
        await("so many requests wait: " + number, () -> waiting() == number);
    }

    /** Until what the first picture needs is loaded. */
    void awaitReady() throws Exception {
        await("the service is ready", () -> get("/ready").status() == 200);
    }

    /** What comes true after a while. */
    @FunctionalInterface
    interface Condition {
        boolean isTrue() throws Exception;
    }

    /** @throws TimeoutException if it does not come true within a time that is long even for a busy machine */
    static void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.isTrue()) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("not within " + PATIENCE_SECONDS + " s: " + what);
            }
            Thread.sleep(20);
        }
    }
}
