package org.scorebook.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.service.MalformedRequests.Malformed;

/** Whatever is wrong with a request, the answer says that the client is wrong, and how. */
@Timeout(150)
class MalformedRequestsTest {
    private static final int NUMBER = Integer.getInteger("scorebook.malformed", 5000);
    private static final int SEED = Integer.getInteger("scorebook.seed", 11);

    @TempDir
    private Path folder;

    @Test
    void thousandsAreRefusedAndTheServiceGoesOn() throws Exception {
        try (RunningService service = RunningService.start(folder)) {
            Client client = service.client();
            client.awaitReady();
            JsonObject document = client.get("/openapi").with(200).json();
            MalformedRequests requests = new MalformedRequests(document, SEED);
            Set<Integer> statuses = new TreeSet<>();
            List<String> wrong = new ArrayList<>();
            for (int i = 0; i < NUMBER && wrong.size() < 20; i++) {
                Malformed request = requests.next();
                Answer answer = answer(client.port(), request);
                statuses.add(answer.status());
                try {
                    check(answer, request);
                } catch (AssertionError | RuntimeException e) {
                    wrong.add(request + "\n-> " + answer + "\n" + e + "\n");
                }
            }
            assertEquals(List.of(), wrong);
            assertTrue(statuses.containsAll(Set.of(400, 403, 404, 405, 413, 415, 422)), statuses::toString);
            client.get("/health").with(200);
            client.post("/generate", "{\"num_samples\": 1, \"steps\": 1, \"sampler\": \"ddim\"}")
                    .with(200);
            assertEquals(0, client.get("/jobs").json().getAsJsonArray("jobs").size());
        }
    }

    private static Answer answer(int port, Malformed request) throws IOException {
        try (Wire wire = new Wire(port)) {
            wire.send(request.bytes());
            if (!request.whole()) {
                wire.end();
            }
            return wire.answer();
        }
    }

    private static void check(Answer answer, Malformed request) {
        assertTrue(request.right().isEmpty() || request.right().contains(answer.status()), "status");
        assertTrue(answer.status() < 500 || answer.status() == 505, "the server's fault");
        if (answer.status() >= 400) {
            answer.problem();
        }
        if (!request.fields().isEmpty()) {
            assertEquals(Set.copyOf(request.fields()), Set.copyOf(answer.wrongFields()));
        }
    }
}
