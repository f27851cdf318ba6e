package org.scorebook.service;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.scorebook.base.Sentence;
import org.scorebook.generation.Ticket;
import org.scorebook.http.Problem;

/** Whether requests would be answered: the engine and a first model are loaded, and the service is not stopping. */
final class Readiness {
    private final Generations generations;
    private final Ticket first;

    /** Begins to load what the first request will need. */
    Readiness(Generations generations, ModelEntry model) {
        this.generations = generations;
        this.first = generations.warmUp(model);
    }

    /** @throws Problem that says why not */
    void require() throws InterruptedException {
        if (generations.isStopping()) {
            throw Problem.unavailable(Problem.Outage.STOPPING, "the service is stopping and takes no more requests");
        }
        try {
            first.await(Duration.ZERO);
        } catch (TimeoutException | CancellationException e) {
            throw Problem.unavailable(Problem.Outage.STARTING, "the engine and a first model are being loaded");
        } catch (ExecutionException e) {
            throw Problem.unavailable(Problem.Outage.BROKEN, "no picture can be drawn: " + Sentence.of(e.getCause()));
        }
    }
}
