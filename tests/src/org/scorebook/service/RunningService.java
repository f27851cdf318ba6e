package org.scorebook.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** The service in this JVM, with folders of its own, on a port that is free. */
final class RunningService implements AutoCloseable {
    private static final int PLACES = 64;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final HttpService service;
    private final Client client;

    private RunningService(ServiceSettings settings) throws IOException {
        service = HttpService.start(settings, new PrintStream(log, true, StandardCharsets.UTF_8));
        client = new Client(service.url());
    }

    static RunningService start(Path folder) throws IOException {
        return new RunningService(settings(folder, "127.0.0.1", null, PLACES, LIMIT));
    }

    static RunningService start(Path folder, String host, String token) throws IOException {
        return new RunningService(settings(folder, host, token, PLACES, LIMIT));
    }

    static RunningService start(Path folder, int places, Duration limit) throws IOException {
        return new RunningService(settings(folder, "127.0.0.1", null, places, limit));
    }

    private static ServiceSettings settings(Path folder, String host, String token, int places, Duration limit) {
        Path runs = folder.resolve("runs");
        Path outputs = folder.resolve("outputs");
        return new ServiceSettings(host, 0, token, runs, outputs, null, "cpu", places, limit, Duration.ofSeconds(30));
    }

    Client client() {
        return client;
    }

    /** One line for each request that was answered. */
    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
