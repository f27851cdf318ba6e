package org.scorebook.service;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** Trainings whose steps are milliseconds. */
final class SmallJobs {
    private static final String SMALL = """
            "device": "cpu", "threads": 1, "batch_size": 4, "base_channels": 8, "multipliers": [1, 2], "groups": 4,
            "attention_resolutions": [16], "chain_steps": 2, "buffer_size": 32, "log_interval": 1,
            "sample_interval": 2, "sample_count": 4, "sample_steps": 2, "evaluation_batches": 1, "seed": 3""";

    private SmallJobs() {}

    /** A request for one, with the fields that other servers know and those that make it small. */
    static String body(String type, int epochs, int batches) {
        return """
                {"model_type": "%s", "epochs": %d, "max_batches_per_epoch": %d, %s}""".formatted(type, epochs, batches, SMALL);
    }

    /** Starts one that goes on for hours if it is let. */
    static JsonObject startLong(Client client) throws Exception {
        return client.post("/train", body("diffusion", 100_000, 2)).with(202).json();
    }

    static String state(Client client, String url) throws Exception {
        return client.get(url).with(200).json().get("state").getAsString();
    }

    /** Until it trains. */
    static void awaitRunning(Client client, String url) throws Exception {
        Client.await("the training runs", () -> {
            JsonObject job = client.get(url).with(200).json();
            return job.get("state").getAsString().equals("running")
                    && job.get("step").getAsInt() > 0;
        });
    }

    static void awaitState(Client client, String url, String state) throws Exception {
        Client.await("the training is " + state, () -> state(client, url).equals(state));
    }

    /** Until no process of one is left. */
    static void cancelAll(Client client) throws Exception {
        Client.await("all trainings have ended", () -> {
            int open = 0;
            for (JsonElement job : client.get("/jobs").with(200).json().getAsJsonArray("jobs")) {
                String state = job.getAsJsonObject().get("state").getAsString();
                if (state.equals("queued") || state.equals("running")) {
                    client.delete(job.getAsJsonObject().get("url").getAsString());
                    open++;
                }
            }
            return open == 0;
        });
    }
}
