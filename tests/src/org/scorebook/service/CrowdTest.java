package org.scorebook.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.service.Events.Event;

/** Many who ask for pictures at once. */
@Timeout(150)
class CrowdTest {
    private static final int CROWD = 200;
    private static final int PLACES = 64;
    private static final String FULL_OF_WORK =
            "{\"num_samples\": 16, \"seed\": 1, \"steps\": 12, \"sampler\": \"ddim\"}";

    /** Of steps enough for several looks, a few a second, where each takes two milliseconds, too. */
    private static final String LOOKED_AT = "{\"num_samples\": 8, \"seed\": 1, \"steps\": 60, \"sampler\": \"ddim\"}";

    @TempDir
    private Path folder;

    private static String image(int seed) {
        return "{\"num_samples\": 1, \"seed\": " + seed + ", \"steps\": 2, \"sampler\": \"ddim\", \"classes\": [3]}";
    }

    /** Every fifth asks for the same picture. */
    private static int seed(int i) {
        return i % 5 == 0 ? 7 : i;
    }

    @Test
    void eachIsAnsweredOrRefusedAndNoPictureDependsOnTheOthers() throws Exception {
        try (RunningService service = RunningService.start(folder, PLACES, Duration.ofMinutes(5))) {
            Client client = service.client();
            byte[] alone = client.post("/generate_image", image(7)).with(200).body();
            List<CompletableFuture<Answer>> crowd = new ArrayList<>();
            CompletableFuture<Answer> first = client.later("/generate_image", FULL_OF_WORK);
            client.awaitWaiting(1); // has its place, so that the others find the queue filling up
            for (int i = 0; i < CROWD; i++) {
                crowd.add(client.later("/generate_image", image(seed(i))));
            }
            assertEquals(200, first.get(2, TimeUnit.MINUTES).status());
            int drawn = 0;
            for (int i = 0; i < CROWD; i++) {
                Answer answer = crowd.get(i).get(2, TimeUnit.MINUTES);
                if (answer.status() == 503) {
                    assertEquals("busy", answer.problem().get("reason").getAsString());
                    assertTrue(Integer.parseInt(answer.header("Retry-After")) > 0);
                } else {
                    assertTrue(answer.with(200).png().getWidth() > 28);
                    drawn++;
                    assertEquals(seed(i) == 7, Arrays.equals(alone, answer.body()));
                }
            }
            assertTrue(drawn >= PLACES - 1 && drawn < CROWD, "drawn: " + drawn);
            assertEquals(0, client.waiting());
            assertSameBytes(client, alone);
        }
    }

    /** By all ways to the same picture. */
    private static void assertSameBytes(Client client, byte[] picture) throws Exception {
        JsonObject grid = client.post("/generate-diffusion", image(7)).with(200).json();
        assertArrayEquals(picture, decoded(grid));
        assertArrayEquals(
                picture, client.get(grid.get("url").getAsString()).with(200).body());
        JsonObject place = client.post("/generate", image(7)).with(200).json();
        assertArrayEquals(
                picture,
                client.get("/" + place.get("image_path").getAsString())
                        .with(200)
                        .body());
        try (Events events = client.postForEvents("/generate-diffusion", image(7))) {
            Event done = events.next("done");
            assertArrayEquals(picture, decoded(done.data()));
        }
    }

    private static byte[] decoded(JsonObject answer) {
        return Base64.getDecoder().decode(answer.get("image_base64").getAsString());
    }

    /** One after the other, the noise first. */
    @Test
    void aPictureBecomesClear() throws Exception {
        try (RunningService service = RunningService.start(folder)) {
            List<Event> events;
            try (Events stream = service.client().postForEvents("/generate-diffusion", LOOKED_AT)) {
                events = stream.rest();
            }
            List<Event> steps =
                    events.stream().filter(event -> event.name().equals("step")).toList();
            assertTrue(steps.size() >= 2, events::toString);
            int before = -1;
            for (Event step : steps) {
                assertEquals(60, step.number("steps"));
                int evaluated = step.number("finished") * 60 + step.number("step");
                assertTrue(evaluated > before, steps::toString);
                before = evaluated;
                Answer.png(decoded(step.data()));
            }
            assertEquals("done", events.get(events.size() - 1).name());
        }
    }

    @Test
    void whatTakesTooLongIsRefused() throws Exception {
        try (RunningService service = RunningService.start(folder, PLACES, Duration.ofSeconds(1))) {
            Client client = service.client();
            String body = "{\"num_samples\": 64, \"steps\": 1000, \"sampler\": \"ddpm\"}";
            Answer plain = client.post("/generate_image", body).with(503);
            assertEquals("too-slow", plain.problem().get("reason").getAsString());
            try (Events events = client.postForEvents("/generate-diffusion", body)) {
                assertEquals("too-slow", events.next("problem").text("reason"));
            }
            client.awaitWaiting(0);
        }
    }
}
