package org.scorebook.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.ResidentMemory;

/** Thousands of requests leave nothing behind: the arrays of one picture in each would be gigabytes. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class ServiceMemoryTest {
    private static final long BOUND = 150_000_000;
    private static final String IMAGE = "{\"num_samples\": 1, \"steps\": 1, \"sampler\": \"ddim\", \"seed\": %d}";
    private static final String CHAIN = "{\"num_samples\": 1, \"langevin_steps\": 1, \"seed\": %d}";
    private static final String MINUTES = "{\"num_samples\": 64, \"steps\": 1000, \"sampler\": \"ddpm\"}";

    @TempDir
    private Path folder;

    @Test
    void memoryStaysFlat() throws Exception {
        try (RunningService service = RunningService.start(folder)) {
            Client client = service.client();
            long before = smallest(client, 2);
            long grown = smallest(client, 4) - before;
            assertTrue(grown < BOUND, "grew by " + grown);
            client.awaitWaiting(0);
        }
    }

    /** What is resident at the least after some rounds of requests: what the allocator keeps back comes and goes. */
    private static long smallest(Client client, int rounds) throws Exception {
        long smallest = Long.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            ask(client, 400);
            System.gc();
            smallest = Math.min(smallest, ResidentMemory.bytes());
        }
        return smallest;
    }

    private static void ask(Client client, int number) throws Exception {
        for (int i = 0; i < number; i++) {
            switch (i % 20) {
                case 0, 10 -> client.post("/generate_image", IMAGE.formatted(i)).with(200);
                case 1, 11 ->
                    client.post("/generate-energy", CHAIN.formatted(i)).with(200);
                case 2 -> leave(client, i);
                case 3, 13 -> client.get("/models").with(200);
                case 4, 14 -> client.post("/generate", "{\"seed\": \"x\"}").with(422);
                case 5, 15 -> client.get("/outputs/none.png").with(404);
                case 6, 16 -> client.post("/train", "{").with(400);
                case 7, 17 -> client.get("/outputs").with(200);
                case 8, 18 -> client.get("/openapi").with(200);
                default -> assertEquals(200, client.get("/health").status());
            }
        }
    }

    /** Begins to watch a picture, and goes; every other time when the service has taken it. */
    private static void leave(Client client, int i) throws Exception {
        try (Wire wire = new Wire(client.port())) {
            wire.send(Wire.post("/generate-diffusion", MINUTES, "Accept: text/event-stream"));
            if (i % 40 == 2) {
                wire.awaitText("event: ");
            }
        }
    }
}
