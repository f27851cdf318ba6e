package org.scorebook.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No path of a request leads to a file that is not for clients. */
@Timeout(100)
class PathsTest {
    private static final String SECRET = "for nobody's eyes";

    @TempDir
    private static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start(folder);
        for (String file : List.of("secret.png", "secret.json", "outputs/secret.png", "outputs/secret.json")) {
            Files.writeString(folder.resolve(file), "{\"a\": \"" + SECRET + "\"}");
        }
        Path run = Files.createDirectories(folder.resolve("secret-run/samples")).getParent();
        Files.writeString(run.resolve("status.json"), SECRET);
        Files.writeString(run.resolve("config.json"), SECRET);
        Files.writeString(run.resolve("samples/step-00000001.png"), SECRET);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../",
                "/%2e%2e/",
                "/..%2f",
                "/%2e%2e%2f",
                "/..%5c",
                "/..\\",
                "/%252e%252e%252f",
                "/.%00./",
                "/..;/",
                "/./../",
                "//../",
                "/x/../../",
                "/..%c0%af",
                "/%c0%ae%c0%ae/",
                "/\u002e\u002e/",
                "/....//",
                "/",
                "/file:"
            })
    void waysUpLeadNowhere(String up) throws Exception {
        for (String start : List.of("/outputs", "/page", "/docs", "/jobs")) {
            for (String end :
                    List.of("secret.png", "secret.json", "secret-run", "secret-run/samples/1", "HttpService.class")) {
                for (String way : List.of(
                        start + up + end, start + up + up.substring(1) + end, start + up + folder + "/" + end)) {
                    Answer answer = Wire.get(service.client().port(), way);
                    assertTrue(answer.status() >= 400 && answer.status() < 500, () -> way + " -> " + answer);
                    assertFalse(answer.text().contains(SECRET), way);
                    answer.problem();
                }
            }
        }
    }

    @Test
    void whatIsNoPercentEncodingIsRefused() throws Exception {
        for (String path : List.of("/jobs/a%u002e/events", "/outputs/%u0041.png", "/page/%u002e", "/jobs/%u")) {
            Wire.get(service.client().port(), path).with(400).problem();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret-run", "secret-run/../../secret-run", "/etc/passwd", "\\u0000", "..", "."})
    void aModelIsNoPath(String model) throws Exception {
        String body = "{\"model\": \"" + model + "\"}";
        assertEquals(
                List.of("model"),
                service.client().post("/generate", body).with(422).wrongFields());
    }
}
