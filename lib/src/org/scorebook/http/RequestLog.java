package org.scorebook.http;

import io.javalin.http.Context;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names each request, and writes a line for each answer: time, client, request, status, bytes, milliseconds, the request's ID, and
 * its trace.
 */
public final class RequestLog {
    private static final String BEGIN = "begin";
    private static final String ID = "X-Request-Id";
    private static final String TRACE = "traceparent";
    private static final Pattern GIVEN_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** W3C Trace Context, version 00. */
    private static final Pattern GIVEN_TRACE =
            Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    /** Takes what was answered. */
    @FunctionalInterface
    public interface Meter {
        /** @param path of the endpoint, with the names of its parameters: there are only so many */
        void answered(String method, String path, int status, Duration time);
    }

    private final PrintStream out;
    private final Meter meter;

    public RequestLog(PrintStream out, Meter meter) {
        this.out = out;
        this.meter = meter;
    }

    /** The request's own ID and trace are kept where they are well formed. */
    public void begin(Context context) {
        context.attribute(BEGIN, Instant.now());
        String id = context.header(ID);
        context.header(
                ID,
                id != null && GIVEN_ID.matcher(id).matches()
                        ? id
                        : UUID.randomUUID().toString());
        String trace = context.header(TRACE);
        if (trace != null && GIVEN_TRACE.matcher(trace).matches()) {
            context.header(TRACE, trace);
        }
    }

    public void end(Context context) {
        Instant begin = context.attribute(BEGIN);
        Duration time = begin == null ? Duration.ZERO : Duration.between(begin, Instant.now());
        int status = context.statusCode();
        String path = context.endpointHandlerPath();
        meter.answered(context.method().name(), path.startsWith("/") ? path : "none", status, time);
        String trace = context.res().getHeader(TRACE);
        out.println(String.format(
                Locale.ROOT,
                "%s %s \"%s %s\" %d %d ms %s%s",
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                context.ip(),
                context.method(),
                printable(context.req().getRequestURI()),
                status,
                time.toMillis(),
                context.res().getHeader(ID),
                trace == null ? "" : " " + trace));
    }

    /** A line of the log is one line, whatever the client sends. */
    private static String printable(String text) {
        String clean = text.replaceAll("[^\\x21-\\x7e]", "?").replace("\"", "%22");
        return clean.length() > 200 ? clean.substring(0, 200) + "..." : clean;
    }
}
