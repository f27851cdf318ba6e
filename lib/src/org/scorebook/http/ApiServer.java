package org.scorebook.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Javalin with a list of endpoints: each request is logged and guarded, and each that fails is answered with a {@link Problem}. */
public final class ApiServer {
    /** No script, style or picture but our own; data is that of pictures in answers. */
    public static final String POLICY =
            "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none';"
                    + " form-action 'self'; frame-ancestors 'none'";

    private static final Map<String, String> SECURITY = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Content-Security-Policy", POLICY,
            "Cache-Control", "no-store");

    private static final Pattern NO_ENCODING = Pattern.compile("%(?![0-9a-fA-F]{2})");

    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

    /** Requests that wait keep a thread each; those that do not need some too. */
    private static final int THREADS = 400;

    /** For answers that are made when the server stops, and must only be written. */
    private static final long LAST_WORDS_MILLIS = 5000;

    private static final int CLIENT_GONE = 499;

    private final Javalin server = Javalin.create(ApiServer::configure);

    /** A server that is not started. */
    public ApiServer(List<Endpoint> endpoints, RequestLog log, Guard guard) {
        server.before(context -> {
            log.begin(context);
            secure(context);
            guard.requireOwnSite(context);
            requireEncoded(context);
        });
        for (Endpoint endpoint : endpoints) {
            server.addHttpHandler(endpoint.method(), endpoint.path(), context -> {
                if (!endpoint.open()) {
                    guard.requireToken(context);
                }
                endpoint.action().answer(context);
            });
        }
        server.exception(Problem.class, ApiServer::tell);
        server.exception(ClientGone.class, (gone, context) -> context.status(CLIENT_GONE));
        server.exception(HttpResponseException.class, (e, context) -> tell(known(e, context), context));
        server.exception(Exception.class, ApiServer::unknown);
        server.after(context -> {
            withoutCharset(context);
            log.end(context);
        });
    }

    /** That there is nobody to answer. */
    public static final class ClientGone extends RuntimeException {
        private static final long serialVersionUID = 1;

        public ClientGone() {
            super("the client has gone", null, false, false);
        }
    }

    private static void configure(JavalinConfig config) {
        config.showJavalinBanner = false;
        config.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.disableCompression();
        config.http.defaultContentType = Endpoint.JSON;
        config.router.ignoreTrailingSlashes = false;
        config.jetty.threadPool = new QueuedThreadPool(THREADS, 8, 60_000);
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.jetty.modifyServer(jetty -> {
            jetty.setStopTimeout(LAST_WORDS_MILLIS);
            jetty.setHandler(new StatisticsHandler()); // counts the requests that stopping waits for
            jetty.setErrorHandler(new MalformedRequests());
        });
    }

    /** What is so malformed that it never reaches an endpoint. */
    private static final class MalformedRequests extends ErrorHandler {
        @Override
        public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
            SECURITY.forEach(fields::put);
            fields.put("Content-Type", Problem.CONTENT_TYPE);
            Problem problem = Problem.of(
                    status,
                    "Bad request",
                    "the request must be HTTP/1.1, but is not: "
                            + (reason == null ? HttpStatus.getMessage(status) : reason));
            return ByteBuffer.wrap(Json.text(problem.details("/")).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void secure(Context context) {
        SECURITY.forEach(context::header);
    }

    private static void requireEncoded(Context context) {
        if (NO_ENCODING.matcher(context.req().getRequestURI()).find()) {
            throw Problem.of(400, "Bad request", "each % of a path must be followed by two hexadecimal digits");
        }
    }

    /** JSON has none, which is UTF-8, and pictures have none, but Javalin gives one to all. */
    private static void withoutCharset(Context context) {
        String type = context.res().getContentType();
        if (type != null && !type.startsWith("text/") && !context.res().isCommitted()) {
            context.res().setCharacterEncoding(null);
        }
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
                                        .map(methods -> ": it takes " + methods)
                                        .orElse(""));
            default -> Problem.of(e.getStatus(), "Refused", String.valueOf(e.getMessage()));
        };
    }

    private static void unknown(Exception e, Context context) {
        if (e instanceof EofException || context.res().isCommitted()) {
            return; // nobody reads any more
        }
        LOG.error("{} {}", context.method(), context.path(), e);
        tell(
                Problem.unavailable(Problem.Outage.BROKEN, "something is wrong in the service; its log says what"),
                context);
    }

    /**
     * Answers from now on.
     *
     * @param port 0 for one that is free
     * @throws IOException if the address is taken
     */
    public void start(String host, int port) throws IOException {
        try {
            server.start(host, port);
        } catch (JavalinBindException e) {
            throw new IOException(
                    "the service cannot listen at " + host + ":" + port
                            + ": another program may do so; take another port",
                    e);
        }
    }

    /** Where it listens. */
    public int port() {
        return server.port();
    }

    /** Takes no more requests, and ends when those that it has are answered, or after some seconds. */
    public void stop() {
        server.stop();
    }
}
