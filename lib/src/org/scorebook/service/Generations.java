package org.scorebook.service;

import com.google.gson.JsonObject;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.scorebook.base.Sentence;
import org.scorebook.generation.GenerationListener;
import org.scorebook.generation.GenerationProgress;
import org.scorebook.generation.Generator;
import org.scorebook.generation.Order;
import org.scorebook.generation.QueueFullException;
import org.scorebook.generation.Result;
import org.scorebook.generation.Ticket;
import org.scorebook.http.ApiServer;
import org.scorebook.http.ClientWatch;
import org.scorebook.http.EventStream;
import org.scorebook.http.Problem;
import org.scorebook.plot.ImageGrid;
import org.scorebook.plot.Picture;
import org.scorebook.recipe.SamplingPlan;

/** Has pictures drawn for requests: in the queue, with a limit of time, given up where the client has gone. */
final class Generations {
    private static final int SCALE = 2;
    private static final Duration LOOK = Duration.ofMillis(150);
    private static final int LOOKS_FOR_A_BEAT = 30;

    private final Generator generator;
    private final PictureStore pictures;
    private final ClientWatch clients;
    private final Duration limit;
    private final ServiceMetrics metrics;
    private volatile boolean stopping;

    Generations(
            Generator generator, PictureStore pictures, ClientWatch clients, Duration limit, ServiceMetrics metrics) {
        this.generator = generator;
        this.pictures = pictures;
        this.clients = clients;
        this.limit = limit;
        this.metrics = metrics;
    }

    /** Whether no more requests are taken. */
    boolean isStopping() {
        return stopping;
    }

    /**
     * Has the engine and a model loaded, so that the first client need not wait for them.
     *
     * @return what is to come of it
     */
    Ticket warmUp(ModelEntry model) {
        SamplingPlan plan = SamplingPlan.of(model.config()).withSteps(1);
        return submit(new Order(model.source(), plan, new int[1]), GenerationListener.NONE);
    }

    /** Takes no more requests, and finishes those that are there, as far as that is done within so long. */
    void stop(Duration grace) {
        stopping = true;
        generator.drain(grace);
    }

    /** @param settings with ID, URL and time */
    record Drawn(JsonObject settings, byte[] png) {}

    /** Draws, and keeps the picture. */
    Drawn draw(Context context, GenerationRequest request) throws InterruptedException {
        Instant begin = Instant.now();
        Ticket ticket = submit(request.order(), GenerationListener.NONE);
        ClientWatch.Watched client = clients.watch(context, ticket::cancel);
        try {
            return keep(request, await(ticket, limit), begin);
        } catch (TimeoutException e) {
            throw tooSlow();
        } finally {
            client.end();
            ticket.cancel();
        }
    }

    /** As {@link #draw}, with events while it becomes clear. */
    void stream(Context context, GenerationRequest request) throws IOException, InterruptedException {
        Instant begin = Instant.now();
        AtomicReference<GenerationProgress> newest = new AtomicReference<>();
        Ticket ticket = submit(request.order(), newest::set);
        ClientWatch.Watched client = clients.watch(context, ticket::cancel);
        try {
            EventStream events = new EventStream(context);
            try {
                events.send("done", answer(keep(request, follow(ticket, request, newest, events), begin)));
            } catch (Problem e) {
                events.send("problem", e.details(context.path()));
            }
        } finally {
            client.end();
            ticket.cancel();
        }
    }

    private Result follow(
            Ticket ticket, GenerationRequest request, AtomicReference<GenerationProgress> newest, EventStream events)
            throws IOException, InterruptedException {
        Instant end = Instant.now().plus(limit);
        int position = -1;
        for (int quiet = 1; Instant.now().isBefore(end); quiet++) {
            try {
                return await(ticket, LOOK);
            } catch (TimeoutException e) {
                GenerationProgress progress = newest.getAndSet(null);
                if (progress != null) {
                    events.send("step", StepEvent.of(progress, request.columns()));
                } else if (ticket.position() != position) {
                    position = ticket.position();
                    events.send("queued", new QueuedEvent(position));
                } else if (quiet % LOOKS_FOR_A_BEAT == 0) {
                    events.beat();
                }
            }
        }
        throw tooSlow();
    }

    private record QueuedEvent(int position) {}

    private record StepEvent(int step, int steps, int finished, int inWork, String imageBase64) {
        static StepEvent of(GenerationProgress progress, int columns) {
            byte[] png = Picture.png(ImageGrid.of(progress.images(), columns, SCALE));
            return new StepEvent(
                    progress.step(), progress.steps(), progress.finished(), progress.inWork(), base64(png));
        }
    }

    private Ticket submit(Order order, GenerationListener listener) {
        try {
            return generator.submit(order, listener);
        } catch (QueueFullException e) {
            Problem.Outage reason =
                    e.reason() == QueueFullException.Reason.STOPPING ? Problem.Outage.STOPPING : Problem.Outage.BUSY;
            throw Problem.unavailable(reason, e.getMessage());
        }
    }

    private Result await(Ticket ticket, Duration time) throws InterruptedException, TimeoutException {
        try {
            return ticket.await(time);
        } catch (CancellationException e) {
            throw stopping
                    ? Problem.unavailable(
                            Problem.Outage.STOPPING, "the service is stopping, and the picture was not finished")
                    : new ApiServer.ClientGone();
        } catch (ExecutionException e) {
            throw Problem.unavailable(
                    Problem.Outage.BROKEN, "the picture could not be drawn: " + Sentence.of(e.getCause()));
        }
    }

    private Problem tooSlow() {
        return Problem.unavailable(
                Problem.Outage.TOO_SLOW,
                "the picture was not finished within " + limit.toSeconds()
                        + " s: ask for fewer images or steps, or when the service has less to do");
    }

    private Drawn keep(GenerationRequest request, Result result, Instant begin) {
        byte[] png = Picture.png(ImageGrid.of(result.images(), request.columns(), SCALE));
        JsonObject settings = request.settings(result.modelStep());
        String id = PictureStore.id(request.model().type(), settings);
        double seconds = Duration.between(begin, Instant.now()).toMillis() / 1e3;
        settings.addProperty("id", id);
        settings.addProperty("url", "/" + PictureStore.NAME + "/" + id + ".png");
        settings.addProperty(
                "created", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        settings.addProperty("evaluations", result.evaluations());
        settings.addProperty("seconds", result.seconds());
        settings.addProperty("queued_seconds", Math.max(0, seconds - result.seconds()));
        store(id, settings, png);
        metrics.drawn(request.model().type(), result.images().size(), result.seconds());
        return new Drawn(settings, png);
    }

    private void store(String id, JsonObject settings, byte[] png) {
        try {
            pictures.put(id, settings, png);
        } catch (IOException e) {
            throw Problem.unavailable(
                    Problem.Outage.BROKEN, "the picture was drawn, but cannot be kept: " + Sentence.of(e));
        }
    }

    /** With the picture in Base64. */
    static JsonObject answer(Drawn drawn) {
        JsonObject answer = new JsonObject();
        answer.addProperty("message", message(drawn));
        drawn.settings().entrySet().forEach(entry -> answer.add(entry.getKey(), entry.getValue()));
        answer.addProperty("image_base64", base64(drawn.png()));
        return answer;
    }

    /** With the picture's place. */
    static JsonObject place(Drawn drawn) {
        JsonObject answer = new JsonObject();
        answer.addProperty("message", message(drawn));
        answer.addProperty("image_path", path(drawn));
        drawn.settings().entrySet().forEach(entry -> answer.add(entry.getKey(), entry.getValue()));
        return answer;
    }

    static String path(Drawn drawn) {
        return drawn.settings().get("url").getAsString().substring(1);
    }

    private static String message(Drawn drawn) {
        String type = drawn.settings().get(GenerationFields.MODEL_TYPE).getAsString();
        return Character.toUpperCase(type.charAt(0)) + type.substring(1) + " samples generated.";
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
