package org.scorebook.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work for clients that have gone stops, and clients that are slow keep nobody waiting. */
@Timeout(150)
class GoneClientTest {
    /** Minutes of work. */
    private static final String LONG = "{\"num_samples\": 64, \"seed\": 1, \"steps\": 1000, \"sampler\": \"ddpm\"}";

    private static final String QUICK = "{\"num_samples\": 1, \"steps\": 2, \"sampler\": \"ddim\"}";

    /** A second, and what a busy machine takes. */
    private static final Duration SOON = Duration.ofSeconds(6);

    @TempDir
    private static Path folder;

    private static RunningService service;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start(folder);
        client = service.client();
        client.post("/generate", QUICK).with(200);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    private static Wire wire(String text) throws Exception {
        return new Wire(client.port()).send(text);
    }

    private static void assertEmptySoon() throws Exception {
        Instant gone = Instant.now();
        client.awaitWaiting(0);
        Duration time = Duration.between(gone, Instant.now());
        assertTrue(time.compareTo(SOON) < 0, time::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept: application/json", "Accept: text/event-stream"})
    void workForThoseThatHaveGoneStops(String accept) throws Exception {
        List<Wire> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clients.add(wire(Wire.post("/generate-diffusion", LONG, accept)));
            client.awaitWaiting(i + 1);
        }
        clients.get(3).close(); // waits in the queue
        client.awaitWaiting(3);
        if (accept.contains("event-stream")) {
            clients.get(0).awaitText("event: step");
        }
        for (Wire wire : clients) {
            wire.close();
        }
        assertEmptySoon();
    }

    /** The place that a client leaves on its connection is that of its next request. */
    @Test
    void aConnectionIsWatchedInEachOfItsRequests() throws Exception {
        try (Wire wire = wire(Wire.post("/generate", QUICK))) {
            for (int i = 0; i < 3; i++) {
                wire.awaitText("\"image_path\"");
                wire.send(Wire.post("/generate", QUICK));
            }
            wire.awaitText("\"image_path\"");
            wire.send(Wire.post("/generate", LONG));
            client.awaitWaiting(1);
        }
        assertEmptySoon();
    }

    @Test
    void oneThatIsSlowKeepsNobodyWaiting() throws Exception {
        List<Wire> slow = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String begun = Wire.post("/generate", QUICK);
            slow.add(wire(i % 2 == 0 ? begun.substring(0, begun.length() - 5) : "GET /page/app.js HTTP/1.1\r\nHo"));
            slow.add(wire(Wire.post("/generate-diffusion", LONG, "Accept: text/event-stream"))); // and reads nothing
        }
        client.awaitWaiting(20);
        client.get("/health").with(200);
        client.get("/models").with(200);
        assertEquals(20, client.waiting());
        for (Wire wire : slow) {
            wire.close();
        }
        client.post("/generate", QUICK).with(200);
        assertEmptySoon();
    }

    /** As {@code steps} of 20 previews are more than the system keeps for a client that does not read. */
    @Test
    void oneThatReadsNothingHoldsUpNoOtherPicture() throws Exception {
        String watched = "{\"num_samples\": 4, \"seed\": 1, \"steps\": 30, \"sampler\": \"ddim\"}";
        List<Wire> deaf = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            deaf.add(wire(Wire.post("/generate-diffusion", watched, "Accept: text/event-stream")));
        }
        client.post("/generate", QUICK).with(200);
        for (Wire wire : deaf) {
            wire.close();
        }
        assertEmptySoon();
    }
}
