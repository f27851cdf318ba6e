package org.scorebook.service;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebook.base.LibraryVersion;
import org.scorebook.http.Endpoint;
import org.scorebook.http.Json;
import org.scorebook.http.OpenApi;
import org.scorebook.http.Problem;
import org.scorebook.http.RequestBody;
import org.scorebook.http.RequestField;
import org.scorebook.run.TrainingJob;

/** The list of all that the service does. */
final class Endpoints {
    private static final String ID = "{id}";
    private static final RequestField MODEL_QUERY = RequestField.text(
            GenerationFields.MODEL,
            "ID of a model; default: that of the newest training of the type that has succeeded, else the network that ships");

    private final ServiceSettings settings;
    private final ModelCatalogue models;
    private final Generations generations;
    private final Readiness readiness;
    private final PictureStore pictures;
    private final Trainings trainings;
    private final JobEvents jobEvents;
    private final PageFiles files;
    private final ServiceMetrics metrics;

    Endpoints(
            ServiceSettings settings,
            ModelCatalogue models,
            Generations generations,
            PictureStore pictures,
            PageFiles files,
            ServiceMetrics metrics)
            throws IOException {
        this.settings = settings;
        this.models = models;
        this.generations = generations;
        this.readiness = new Readiness(generations, models.usual(ModelEntry.DIFFUSION));
        this.pictures = pictures;
        this.files = files;
        this.metrics = metrics;
        this.trainings = new Trainings(settings);
        this.jobEvents = new JobEvents(generations::isStopping);
    }

    List<Endpoint> all() {
        List<Endpoint> all = new ArrayList<>();
        all.addAll(in("Pictures", ofPictures()));
        all.addAll(in("Models", ofModels()));
        all.addAll(in("Trainings", ofTrainings()));
        all.addAll(in("State", state()));
        all.addAll(in("Pages", pages(all)));
        return all;
    }

    private static List<Endpoint> in(String group, List<Endpoint> endpoints) {
        return endpoints.stream().map(endpoint -> endpoint.in(group)).toList();
    }

    private List<Endpoint> state() {
        return List.of(
                Endpoint.get("/health", "Whether the service lives", this::health)
                        .answers(200, Endpoint.JSON, "it does")
                        .withoutToken(),
                Endpoint.get("/ready", "Whether the service takes requests", this::ready)
                        .answers(200, Endpoint.JSON, "it does")
                        .withoutToken(),
                Endpoint.get("/metrics", "Figures of the service, for Prometheus", this::metrics)
                        .answers(200, "text/plain", "the figures"));
    }

    private void health(Context context) {
        send(context, 200, Map.of("status", "ok", "version", LibraryVersion.text()));
    }

    private void ready(Context context) throws InterruptedException {
        readiness.require();
        send(context, 200, Map.of("status", "ready"));
    }

    private void metrics(Context context) {
        context.contentType(ServiceMetrics.CONTENT_TYPE).result(metrics.text());
    }

    private List<Endpoint> ofModels() {
        return List.of(
                Endpoint.get(
                                "/models",
                                "All models that pictures can be drawn from",
                                c -> send(c, 200, models.answer()))
                        .answers(200, Endpoint.JSON, "the models, and which one is taken where none is named"),
                info(ModelEntry.DIFFUSION),
                info(ModelEntry.ENERGY));
    }

    private Endpoint info(String type) {
        return Endpoint.get("/" + type + "-model-info", "What is known of a model of type " + type, context -> {
                    String id = context.queryParam(GenerationFields.MODEL);
                    send(context, 200, ModelInfo.of(models.find(id, type)));
                })
                .query(MODEL_QUERY)
                .answers(200, Endpoint.JSON, "its architecture, parameters and configuration");
    }

    private List<Endpoint> ofPictures() {
        return List.of(
                Endpoint.post(
                                "/generate",
                                "Draw images into a file below outputs/",
                                GenerationFields.ANY,
                                this::generate)
                        .answers(200, Endpoint.JSON, "where the picture is"),
                Endpoint.post("/generate_image", "Draw images into a PNG", GenerationFields.ANY, this::generateImage)
                        .answers(200, Endpoint.PNG, "the picture"),
                grid(ModelEntry.DIFFUSION, GenerationFields.OF_DIFFUSION),
                grid(ModelEntry.ENERGY, GenerationFields.OF_ENERGY),
                Endpoint.get("/outputs", "The pictures that were drawn, the newest first", this::outputs)
                        .answers(200, Endpoint.JSON, "the settings of each"),
                Endpoint.get("/outputs/{file}", "A picture ID.png, or its settings ID.json", this::output)
                        .answers(200, Endpoint.PNG, "the picture, or its settings")
                        .answers(200, Endpoint.JSON, "the picture, or its settings"));
    }

    private Endpoint grid(String type, List<RequestField> fields) {
        return Endpoint.post(
                        "/generate-" + type,
                        "Draw images from a model of type " + type + " into a grid",
                        fields,
                        context -> {
                            GenerationRequest request = request(context, fields, type);
                            String accepted = context.header("Accept");
                            if (accepted != null && accepted.contains(Endpoint.EVENTS)) {
                                generations.stream(context, request);
                            } else {
                                send(context, 200, Generations.answer(generations.draw(context, request)));
                            }
                        })
                .answers(200, Endpoint.JSON, "the picture in Base64, or events while it becomes clear")
                .answers(200, Endpoint.EVENTS, "the picture in Base64, or events while it becomes clear");
    }

    private GenerationRequest request(Context context, List<RequestField> fields, String type) throws IOException {
        return GenerationRequest.of(RequestBody.of(context, fields), type, models);
    }

    private void generate(Context context) throws IOException, InterruptedException {
        send(context, 200, Generations.place(generations.draw(context, request(context, GenerationFields.ANY, null))));
    }

    private void generateImage(Context context) throws IOException, InterruptedException {
        Generations.Drawn drawn = generations.draw(context, request(context, GenerationFields.ANY, null));
        context.header("Content-Location", "/" + Generations.path(drawn));
        context.contentType(Endpoint.PNG).result(drawn.png());
    }

    private void outputs(Context context) throws IOException {
        send(context, 200, Map.of(PictureStore.NAME, pictures.list()));
    }

    private void output(Context context) throws IOException {
        String file = context.pathParam("file");
        if (file.endsWith(".json")) {
            send(context, 200, pictures.settings(file.replaceFirst("\\.json$", "")));
        } else if (file.endsWith(".png")) {
            context.contentType(Endpoint.PNG).result(pictures.png(file.replaceFirst("\\.png$", "")));
        } else {
            throw Problem.notFound("there is no picture " + file + ": its name ends in .png or .json");
        }
    }

    private List<Endpoint> ofTrainings() {
        List<RequestField> fields = Trainings.fields();
        return List.of(
                Endpoint.post("/train", "Start a training in a process of its own", fields, c -> train(c, fields))
                        .answers(202, Endpoint.JSON, "it has begun"),
                Endpoint.get(
                                "/presets",
                                "Settings that a training can start from",
                                c -> send(c, 200, Map.of("presets", Trainings.presets())))
                        .answers(200, Endpoint.JSON, "the presets"),
                Endpoint.get(
                                "/jobs",
                                "All trainings, the newest first",
                                c -> send(c, 200, Map.of("jobs", trainings.rows())))
                        .answers(200, Endpoint.JSON, "the trainings"),
                Endpoint.get(
                                "/jobs/" + ID,
                                "A training, with settings, losses and samples",
                                c -> send(c, 200, new JobView(job(c).directory()).whole()))
                        .answers(200, Endpoint.JSON, "the training"),
                Endpoint.delete("/jobs/" + ID, "Let a training write a checkpoint and stop", this::cancel)
                        .answers(202, Endpoint.JSON, "it was asked to"),
                Endpoint.get("/jobs/" + ID + "/samples/{step}", "Images that a training has drawn", this::sample)
                        .answers(200, Endpoint.PNG, "the picture"),
                Endpoint.get(
                                "/jobs/" + ID + "/events",
                                "A training as it goes on",
                                c -> jobEvents.tell(c, job(c).directory()))
                        .answers(200, Endpoint.EVENTS, "events metrics, sample, status, end"));
    }

    private TrainingJob job(Context context) throws IOException {
        return trainings.find(context.pathParam("id"));
    }

    private void train(Context context, List<RequestField> fields) throws IOException {
        if (generations.isStopping()) {
            throw Problem.unavailable(Problem.Outage.STOPPING, "the service is stopping and starts no training");
        }
        TrainingJob job = trainings.start(RequestBody.of(context, fields));
        context.header("Location", JobView.url(job.id()));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("message", "Training started.");
        answer.putAll(new JobView(job.directory()).row());
        send(context, 202, answer);
    }

    private void cancel(Context context) throws IOException {
        TrainingJob job = job(context);
        if (!job.status().state().isOpen()) {
            throw Problem.of(
                    409,
                    "Not running",
                    "training " + job.id() + " has ended: it is " + job.status().state());
        }
        job.cancel();
        send(context, 202, new JobView(job.directory()).row());
    }

    private void sample(Context context) throws IOException {
        context.contentType(Endpoint.PNG).result(trainings.sample(job(context).directory(), context.pathParam("step")));
    }

    private List<Endpoint> pages(List<Endpoint> others) {
        String document =
                Json.text(OpenApi.document(LibraryVersion.text(), settings.token() != null, List.copyOf(others)));
        return List.of(
                Endpoint.get("/openapi", "This description", c -> c.contentType(Endpoint.JSON)
                                .result(document))
                        .withoutToken(),
                Endpoint.get("/docs", "This description as a page to try it", c -> files.docs(c, "index.html"))
                        .withoutToken(),
                Endpoint.get("/docs/{file}", "A file of that page", c -> files.docs(c, c.pathParam("file")))
                        .withoutToken(),
                Endpoint.get("/", "The page", c -> files.page(c, "index.html")).withoutToken(),
                Endpoint.get("/page/{file}", "A file of the page", c -> files.page(c, c.pathParam("file")))
                        .withoutToken());
    }

    static void send(Context context, int status, Object answer) {
        context.status(status).contentType(Endpoint.JSON).result(Json.text(answer));
    }
}
