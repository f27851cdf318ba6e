package org.scorebook.service;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.scorebook.generation.Generator;
import org.scorebook.generation.ModelShelf;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service: pictures from trained models, and trainings, over HTTP. */
public final class HttpService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpService.class);

    /** Requests that wait for a picture keep a thread each; those that ask for something else need some too. */
    private static final int THREADS = 400;

    private final ServiceSettings settings;
    private final Generator generator;
    private final ClientWatch clients;
    private final Generations generations;
    private final Javalin server;

    private HttpService(ServiceSettings settings, PrintStream log) throws IOException {
        this.settings = settings;
        ServiceMetrics metrics = new ServiceMetrics();
        PictureStore pictures = new PictureStore(settings.outputs());
        PageFiles files = new PageFiles();
        ModelCatalogue models = new ModelCatalogue(settings.runs());
        generator = new Generator(new ModelShelf(settings.device()), settings.places());
        clients = new ClientWatch();
        generations = new Generations(generator, pictures, clients, settings.limit(), metrics);
        metrics.gauge("scorebook.generation.waiting", "requests for images that are not finished", generator::waiting);
        Endpoints endpoints = new Endpoints(settings, models, generations, pictures, files, metrics);
        server = Javalin.create(HttpService::configure);
        route(endpoints.all(), new RequestLog(log, metrics), new Guard(settings));
    }

    /**
     * Starts it.
     *
     * @param log takes a line for each request
     * @throws IOException if the address is taken, or a folder cannot be made
     */
    public static HttpService start(ServiceSettings settings, PrintStream log) throws IOException {
        HttpService service = new HttpService(settings, log);
        try {
            service.server.start(settings.host(), settings.port());
        } catch (io.javalin.util.JavalinBindException e) {
            service.close();
            throw new IOException(
                    "the service cannot listen at " + settings.host() + ":" + settings.port()
                            + ": another program may do so; take another --port",
                    e);
        }
        return service;
    }

    private static void configure(JavalinConfig config) {
        config.showJavalinBanner = false;
        config.startupWatcherEnabled = false;
        config.useVirtualThreads = false;
        config.http.prefer405over404 = true;
        config.http.disableCompression();
        config.http.defaultContentType = Endpoint.JSON;
        config.router.ignoreTrailingSlashes = false;
        config.jetty.threadPool = new QueuedThreadPool(THREADS, 8, 60_000);
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setSendDateHeader(true);
        });
        config.jetty.modifyServer(HttpService::configure);
    }

    private static void configure(Server server) {
        server.setStopTimeout(0);
        server.setErrorHandler(new PlainErrors());
    }

    /** What is so malformed that it never reaches an endpoint. */
    private static final class PlainErrors extends ErrorHandler {
        @Override
        public java.nio.ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
            fields.put("Content-Type", Problem.CONTENT_TYPE);
            String detail = "the request is not HTTP as it should be: " + reason;
            return java.nio.ByteBuffer.wrap(
                    Json.text(Problem.of(status, "Bad request", detail).details("/"))
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private void route(List<Endpoint> endpoints, RequestLog log, Guard guard) {
        server.before(context -> {
            log.begin(context);
            secure(context);
            guard.requireOwnSite(context);
        });
        for (Endpoint endpoint : endpoints) {
            server.addHttpHandler(endpoint.method(), endpoint.path(), context -> {
                if (!endpoint.open()) {
                    guard.requireToken(context);
                }
                endpoint.action().answer(context);
            });
        }
        server.exception(Problem.class, (problem, context) -> tell(problem, context));
        server.exception(Generations.ClientGone.class, (gone, context) -> context.status(499));
        server.exception(HttpResponseException.class, (e, context) -> tell(known(e, context), context));
        server.exception(Exception.class, HttpService::unknown);
        server.after(log::end);
    }

    private static void secure(Context context) {
        context.header("X-Content-Type-Options", "nosniff");
        context.header("X-Frame-Options", "DENY");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Cross-Origin-Opener-Policy", "same-origin");
        context.header("Content-Security-Policy", PageFiles.POLICY);
        context.header("Cache-Control", "no-store");
    }

    private static void tell(Problem problem, Context context) {
        if (problem.retryAfter() > 0) {
            context.header("Retry-After", Integer.toString(problem.retryAfter()));
        }
        context.status(problem.status())
                .contentType(Problem.CONTENT_TYPE)
                .result(Json.text(problem.details(context.path())));
    }

    /** The router's own: no such path, or not by this method. */
    private static Problem known(HttpResponseException e, Context context) {
        return switch (e.getStatus()) {
            case 404 ->
                Problem.notFound("there is nothing at " + context.path() + "; GET /openapi lists what there is");
            case 405 ->
                Problem.of(
                        405,
                        "Wrong method",
                        context.path() + " does not take " + context.method()
                                + Optional.ofNullable(e.getDetails().get("availableMethods"))
                                        .map(m -> ": it takes " + m)
                                        .orElse(""));
            default -> Problem.of(e.getStatus(), "Refused", String.valueOf(e.getMessage()));
        };
    }

    private static void unknown(Exception e, Context context) {
        if (e instanceof org.eclipse.jetty.io.EofException || context.res().isCommitted()) {
            return; // nobody reads any more
        }
        LOG.error("{} {}", context.method(), context.path(), e);
        tell(
                Problem.unavailable(Problem.Reason.BROKEN, "something is wrong in the service; its log says what"),
                context);
    }

    /** Where it can be reached, such as {@code http://127.0.0.1:8000}. */
    public String url() {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return String.format(Locale.ROOT, "http://%s:%d", host, server.port());
    }

    static String version() {
        return Optional.ofNullable(HttpService.class.getPackage().getImplementationVersion())
                .orElse("unknown");
    }

    /** Takes no more requests, finishes those that are there as far as the grace allows, and ends. Trainings go on. */
    @Override
    public void close() throws IOException {
        generations.stop(settings.grace());
        server.stop();
        generator.close();
        clients.close();
    }
}
