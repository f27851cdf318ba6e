package org.scorebook.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM to {@code scorebook serve} at work. */
@EnabledOnOs(OS.LINUX)
@Timeout(150)
class ServeStopTest {
    private static final int SIGTERM_EXIT = 143;

    @TempDir
    private Path folder;

    /** Seconds of work, and on a busy machine no more than the service takes to stop. */
    private static final String LONG = "{\"num_samples\": 4, \"seed\": 1, \"steps\": 100, \"sampler\": \"ddim\"}";

    @Test
    void whatRunsIsFinishedAndWhatIsNewIsRefused() throws Exception {
        try (ServeChild child = ServeChild.start(folder)) {
            Client client = child.client();
            client.awaitReady();
            CompletableFuture<Answer> running = client.later("/generate_image", LONG);
            client.awaitWaiting(1);
            child.process().destroy();
            Client.await("it stops", () -> isRefused(client, "/ready", null));
            assertFalse(running.isDone(), "too quick to show anything");
            assertTrue(isRefused(client, "/generate", LONG));
            assertTrue(isRefused(client, "/train", SmallJobs.body("energy", 1, 2)));
            assertTrue(running.get(60, TimeUnit.SECONDS).with(200).png().getWidth() > 28);
            assertTrue(child.process().waitFor(30, TimeUnit.SECONDS));
            assertEquals(SIGTERM_EXIT, child.process().exitValue());
            assertFalse(child.output().contains("\tat "), child.output());
        }
    }

    /** By a problem, or because nobody listens any more. */
    private static boolean isRefused(Client client, String path, String body) throws Exception {
        try {
            Answer answer = body == null ? client.get(path) : client.post(path, body);
            if (answer.status() == 503) {
                assertEquals("stopping", answer.problem().get("reason").getAsString());
                assertTrue(answer.header("Retry-After") != null);
            }
            return answer.status() == 503;
        } catch (ExecutionException e) {
            return e.getCause() instanceof IOException;
        }
    }
}
