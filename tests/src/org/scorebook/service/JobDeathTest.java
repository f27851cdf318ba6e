package org.scorebook.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.folder.RunDirectory;
import org.scorebook.service.Events.Event;

/** SIGKILL to a training, and to the service while one runs. */
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class JobDeathTest {
    /** Half a second, and what a busy machine takes. */
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private void kill(String id) throws Exception {
        long pid =
                RunDirectory.open(folder.resolve("runs").resolve(id)).status().pid();
        assertTrue(ProcessHandle.of(pid).orElseThrow().destroyForcibly());
    }

    @Test
    void aKilledTrainingIsReported() throws Exception {
        try (RunningService service = RunningService.start(folder)) {
            Client client = service.client();
            JsonObject job = SmallJobs.startLong(client);
            try (Events events = client.events(job.get("url").getAsString() + "/events")) {
                events.next("metrics");
                kill(job.get("id").getAsString());
                Instant killed = Instant.now();
                Event end = events.next("end");
                Duration time = Duration.between(killed, Instant.now());
                assertEquals("failed", end.text("state"));
                assertTrue(end.text("error").length() > 10, end.data()::toString);
                assertTrue(time.compareTo(SOON) < 0, time::toString);
            }
        }
    }

    @Test
    void aTrainingOutlivesTheServiceAndIsFoundAgain() throws Exception {
        String url;
        int before;
        try (ServeChild child = ServeChild.start(folder)) {
            Client client = child.client();
            url = client.post("/train", SmallJobs.body("diffusion", 40, 2))
                    .with(202)
                    .json()
                    .get("url")
                    .getAsString();
            SmallJobs.awaitRunning(client, url);
            before = client.get(url).with(200).json().get("step").getAsInt();
            child.process().destroyForcibly();
            assertTrue(child.process().waitFor(20, TimeUnit.SECONDS));
        }
        assertTrue(before < 80, "killed too late to show anything: " + before);
        try (RunningService service = RunningService.start(folder)) {
            Client client = service.client();
            assertEquals(
                    url,
                    client.get("/jobs")
                            .with(200)
                            .json()
                            .getAsJsonArray("jobs")
                            .get(0)
                            .getAsJsonObject()
                            .get("url")
                            .getAsString());
            try (Events events = client.events(url + "/events")) {
                Event end = events.next("end");
                assertEquals("succeeded", end.text("state"), end.data()::toString);
                assertEquals(80, end.number("step"));
            }
        }
    }
}
