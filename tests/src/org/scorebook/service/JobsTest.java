package org.scorebook.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scorebook.service.Events.Event;

/** Trainings that are started and watched over HTTP. */
@Timeout(180)
class JobsTest {
    private static final int STEPS = 6;

    @TempDir
    private static Path folder;

    private static RunningService service;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start(folder);
        client = service.client();
    }

    /** One that trains keeps others waiting. */
    @AfterEach
    void cancelAll() throws Exception {
        SmallJobs.cancelAll(client);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"diffusion", "energy"})
    void aTrainingFromItsStartToAPicture(String type) throws Exception {
        Answer answer =
                client.post("/train", SmallJobs.body(type, STEPS / 2, 2)).with(202);
        JsonObject started = answer.json();
        String id = started.get("id").getAsString();
        String url = started.get("url").getAsString();
        assertEquals("/jobs/" + id, url);
        assertEquals(url, answer.header("Location"));
        assertEquals("Training started.", started.get("message").getAsString());
        List<Event> events = watched(url);
        assertEquals(IntStream.rangeClosed(1, STEPS).boxed().toList(), stepsOf(events));
        Event end = events.get(events.size() - 1);
        assertEquals("end", end.name());
        assertEquals("succeeded", end.text("state"), end.data()::toString);
        assertTrue(stepsOf(resumed(url, STEPS)).isEmpty());
        assertSeen(url, type, events);
        assertDrawn(id, type);
        assertEquals(409, client.delete(url).status());
    }

    /** All events to the end, of one who leaves after the second step and comes back. */
    private static List<Event> watched(String url) throws Exception {
        List<Event> all = new ArrayList<>();
        try (Events events = client.events(url + "/events")) {
            while (stepsOf(all).size() < 2) {
                all.add(events.next());
            }
        }
        all.addAll(resumed(url, 2));
        return all;
    }

    private static List<Event> resumed(String url, int step) throws Exception {
        try (Events events = client.events(url + "/events", "Last-Event-ID", Integer.toString(step))) {
            return events.rest();
        }
    }

    /** Of the metrics. */
    private static List<Integer> stepsOf(List<Event> events) {
        List<Event> metrics =
                events.stream().filter(event -> event.name().equals("metrics")).toList();
        metrics.forEach(event -> assertEquals(event.id(), Integer.toString(event.number("step"))));
        metrics.forEach(event ->
                assertTrue(Double.isFinite(event.data().get("train_loss").getAsDouble())));
        return metrics.stream().map(event -> event.number("step")).toList();
    }

    private static void assertSeen(String url, String type, List<Event> events) throws Exception {
        JsonObject job = client.get(url).with(200).json();
        assertEquals(type, job.get("model_type").getAsString());
        assertEquals(STEPS, job.getAsJsonArray("losses").size());
        assertEquals("native", job.get("step_mode").getAsString());
        assertTrue(job.get("step_obstacle").isJsonNull());
        assertEquals(4, job.getAsJsonObject("configuration").get("batch_size").getAsInt());
        JsonArray samples = job.getAsJsonArray("samples");
        String newest =
                samples.get(samples.size() - 1).getAsJsonObject().get("url").getAsString();
        assertTrue(events.stream()
                .anyMatch(e -> e.name().equals("sample") && e.text("url").equals(newest)));
        client.get(newest).with(200).png();
        client.get(url + "/samples/999").with(404).problem();
        JsonArray jobs = client.get("/jobs").with(200).json().getAsJsonArray("jobs");
        assertEquals(url, jobs.get(0).getAsJsonObject().get("url").getAsString(), "the newest first");
    }

    /** What was trained last is what is drawn from. */
    private static void assertDrawn(String id, String type) throws Exception {
        JsonObject usual = client.get("/models").with(200).json().getAsJsonObject("default");
        assertEquals(id, usual.get(type).getAsString());
        JsonObject drawn = client.post("/generate-" + type, "{\"num_samples\": 1}")
                .with(200)
                .json();
        assertEquals(id, drawn.get("model").getAsString());
    }

    @Test
    void aTrainingIsCancelled() throws Exception {
        String url = SmallJobs.startLong(client).get("url").getAsString();
        SmallJobs.awaitRunning(client, url);
        assertEquals(202, client.delete(url).status());
        SmallJobs.awaitState(client, url, "cancelled");
    }

    @Test
    void whatCannotBeTrainedIsRefusedByItsFields() throws Exception {
        Answer wrong = client.post("/train", "{\"epochs\": 0, \"batch_size\": \"many\", \"lr\": 0.5}");
        assertEquals(List.of("batch_size"), wrong.with(422).wrongFields());
        assertEquals(
                List.of("epochs"),
                client.post("/train", "{\"epochs\": 0}").with(422).wrongFields());
        Answer other = client.post("/train", "{\"model_type\": \"energy\", \"preset\": \"emoji-cpu\"}");
        assertEquals(List.of("model_type"), other.with(422).wrongFields());
        Answer folder = client.post("/train", "{\"data\": \"folder\", \"data_dir\": \"/etc\"}");
        assertEquals(List.of("data_dir"), folder.with(422).wrongFields());
        client.post("/train", "{\"beta_first\": 0.5, \"beta_last\": 0.1}")
                .with(422)
                .problem();
        client.get("/jobs/none").with(404).problem();
        client.get("/jobs/none/events").with(404).problem();
    }

    @Test
    void whereAWatcherGoesOnMustBeAStep() throws Exception {
        String url = SmallJobs.startLong(client).get("url").getAsString();
        Answer answer = client.get(url + "/events", "Last-Event-ID", "x");
        assertEquals(List.of("Last-Event-ID"), answer.with(422).wrongFields());
    }
}
