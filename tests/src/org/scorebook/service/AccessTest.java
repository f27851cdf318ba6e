package org.scorebook.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebook.Refusal;

/** Who may ask for what. */
@Timeout(100)
class AccessTest {
    private static final String TOKEN = "fa31c08e";

    @TempDir
    private static Path folder;

    private static RunningService closed;
    private static RunningService open;

    @BeforeAll
    static void start() throws Exception {
        closed = RunningService.start(folder, "0.0.0.0", TOKEN);
        open = RunningService.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        closed.close();
        open.close();
    }

    private static Answer get(RunningService service, String path, String... headers) throws Exception {
        return Wire.get(service.client().port(), path, headers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/models", "/jobs", "/outputs", "/outputs/a.png", "/metrics", "/presets", "/jobs/a/events"})
    void aTokenIsDemanded(String path) throws Exception {
        assertEquals("Bearer", get(closed, path).with(401).header("WWW-Authenticate"));
        get(closed, path).problem();
        for (String wrong : new String[] {
            "Bearer", "Bearer ", "Bearer " + TOKEN + "x", "Bearer " + TOKEN.substring(1), "Basic " + TOKEN, TOKEN
        }) {
            get(closed, path, "Authorization: " + wrong).with(401).problem();
        }
        assertTrue(get(closed, path, "Authorization: bearer " + TOKEN).status() != 401);
    }

    /** What has no right to start a training is told so before its body is looked at. */
    @Test
    void nothingIsDoneWithoutAToken() throws Exception {
        int port = closed.client().port();
        for (String path : new String[] {"/train", "/generate", "/generate_image", "/generate-energy"}) {
            try (Wire wire = new Wire(port)) {
                wire.send(Wire.post(path, "{", "Connection: close"))
                        .answer()
                        .with(401)
                        .problem();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/docs", "/openapi"})
    void somePathsAreOpen(String path) throws Exception {
        get(closed, path, "Host: service.example").with(200);
    }

    @Test
    void withoutATokenOnlyThisMachineIsServed() throws Exception {
        String message = Refusal.message(() -> RunningService.start(folder, "0.0.0.0", null));
        assertTrue(message.startsWith("host is 0.0.0.0, which other machines can reach: give a token"), message);
        try (ServeChild child = ServeChild.start(folder, "--host", "0.0.0.0")) {
            assertTrue(child.process().waitFor(60, TimeUnit.SECONDS));
            assertTrue(child.process().exitValue() > 0);
            assertTrue(child.output().contains("give a token"), child.output());
            assertTrue(child.output().lines().count() <= 3, child.output());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other.example",
                "other.example:8000",
                "localhost.other.example",
                "10.0.0.1",
                "127.0.0.1.other.example"
            })
    void anotherNameForThisMachineIsRefused(String host) throws Exception {
        get(open, "/health", "Host: " + host).with(403).problem();
        get(open, "/", "Host: " + host).with(403).problem();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:80", "127.0.0.1:8000", "[::1]:8000"})
    void itsOwnNamesAreTaken(String host) throws Exception {
        get(open, "/health", "Host: " + host).with(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://other.example",
                "null",
                "http://localhost:1",
                "https://localhost.other.example",
                "file://"
            })
    void thePageOfAnotherSiteIsRefused(String origin) throws Exception {
        get(open, "/models", "Host: localhost:8000", "Origin: " + origin)
                .with(403)
                .problem();
        get(closed, "/models", "Host: localhost:8000", "Origin: " + origin, "Authorization: Bearer " + TOKEN)
                .with(403)
                .problem();
    }

    @Test
    void itsOwnPageIsNot() throws Exception {
        get(open, "/models", "Host: localhost:8000", "Origin: http://localhost:8000")
                .with(200);
        String cross = "Sec-Fetch-Site: cross-site";
        get(open, "/docs", "Host: localhost:8000", cross).with(200); // a link
        try (Wire wire = new Wire(open.client().port())) {
            wire.send(Wire.post("/generate", "{}", cross, "Connection: close"))
                    .answer()
                    .with(403)
                    .problem();
        }
    }
}
