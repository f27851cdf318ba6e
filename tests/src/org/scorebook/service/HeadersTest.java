package org.scorebook.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in the heads of answers, and in the log. */
@Timeout(100)
class HeadersTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String PICTURE = "{\"num_samples\": 1, \"steps\": 1, \"sampler\": \"ddim\"}";

    /** Time, client, request, status, bytes of the answer where they are known, milliseconds, ID and trace. */
    private static final String LINE =
            "\\S+Z 127\\.0\\.0\\.1 \"[A-Z]+ \\S+\" \\d{3} \\d+ ms [A-Za-z0-9._-]+( 00-[0-9a-f-]+)?";

    @TempDir
    private static Path folder;

    private static RunningService service;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start(folder);
        port = service.client().port();
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    private static void assertSecure(Answer answer) {
        Map<String, String> right = Map.of(
                "x-content-type-options", "nosniff",
                "x-frame-options", "DENY",
                "referrer-policy", "no-referrer",
                "cross-origin-resource-policy", "same-origin");
        right.forEach((name, value) -> assertEquals(value, answer.header(name), answer::toString));
        String policy = answer.header("Content-Security-Policy");
        assertTrue(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"), policy);
        assertFalse(policy.contains("script-src"), policy);
        assertNull(answer.header("Server"));
        assertNull(answer.header("Access-Control-Allow-Origin"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/docs",
                "/docs/swagger-ui.css",
                "/openapi",
                "/health",
                "/metrics",
                "/models",
                "/none",
                "/jobs/none",
                "/train",
                "/outputs/none.png",
                "/diffusion-model-info?model=none",
                "/%00",
                "/%zz",
                "/a\u0001b"
            })
    void allAnswersAreGuarded(String path) throws Exception {
        assertSecure(Wire.get(port, path));
    }

    @Test
    void soArePicturesEventsAndWhatIsRefused() throws Exception {
        assertSecure(service.client().post("/generate_image", PICTURE).with(200));
        assertSecure(service.client().post("/generate", "{\"seed\": -1}").with(422));
        assertSecure(Wire.get(port, "/health", "Host: other.example").with(403));
        try (Wire wire = new Wire(port)) {
            String request =
                    Wire.post("/generate-diffusion", PICTURE, "Accept: text/event-stream", "Connection: close");
            Answer answer = wire.send(request).answer();
            assertTrue(answer.header("Content-Type").startsWith("text/event-stream"));
            assertSecure(answer);
        }
    }

    private static Answer health(String header) throws Exception {
        return Wire.get(port, "/health", header).with(200);
    }

    @Test
    void aRequestKeepsItsNameAndItsTrace() throws Exception {
        assertEquals("a.B-3_", health("X-Request-Id: a.B-3_").header("X-Request-Id"));
        assertEquals(TRACE, health("traceparent: " + TRACE).header("traceparent"));
        assertEquals(TRACE, Wire.get(port, "/none", "traceparent: " + TRACE).header("traceparent"));
        String given = health("X: y").header("X-Request-Id");
        assertTrue(given.matches("[0-9a-f-]{36}"), given);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\"b", "<b>", "\u00e9", ""})
    void aNameThatIsNoneIsReplaced(String id) throws Exception {
        String given = health("X-Request-Id: " + id).header("X-Request-Id");
        assertTrue(given.matches("[0-9a-f-]{36}"), given);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "x"
            })
    void aTraceThatIsNoneIsDropped(String trace) throws Exception {
        assertNull(health("traceparent: " + trace).header("traceparent"));
    }

    @Test
    void theLogHasALineForEachRequestWhateverItSays() throws Exception {
        try (RunningService service = RunningService.start(folder)) {
            int at = service.client().port();
            List<String> paths = List.of(
                    "/health%0d%0a2026-01-01T00:00:00Z%20127.0.0.1",
                    "/health?a=%0aforged", "/a\"b", "/a%22%20200", "/\u00e9\u0085", "/" + "a".repeat(5000));
            int answered = 0; // but for those that are no HTTP
            for (String path : paths) {
                String odd = "X-Request-Id: a\tforged \"GET /\" 200";
                Answer answer = Wire.get(at, path, odd, "traceparent: " + TRACE);
                answered += answer.header("X-Request-Id") == null ? 0 : 1;
            }
            assertTrue(answered >= 3, "answered: " + answered);
            int logged = answered;
            Client.await("the log is written", () -> service.log().lines().count() >= logged);
            List<String> lines = service.log().lines().toList();
            assertEquals(logged, lines.size(), service::log);
            for (String line : lines) {
                assertTrue(line.matches(LINE) && line.length() < 400, line);
            }
        }
    }
}
