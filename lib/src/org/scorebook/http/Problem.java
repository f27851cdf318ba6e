package org.scorebook.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a client is told when a request is not fulfilled: problem details by RFC 9457. */
public final class Problem extends RuntimeException {
    public static final String CONTENT_TYPE = "application/problem+json";
    private static final long serialVersionUID = 1;
    private static final int RETRY_SECONDS = 2;

    /** Why the service cannot do what it otherwise does. */
    public enum Outage {
        BUSY("All places are taken"),
        STARTING("The service is starting"),
        STOPPING("The service is stopping"),
        TOO_SLOW("It took too long"),
        BROKEN("The service is broken");

        private final String title;

        Outage(String title) {
            this.title = title;
        }
    }

    private final int status;
    private final String title;
    private final transient List<FieldError> errors;
    private final Outage reason;

    private Problem(int status, String title, String detail, List<FieldError> errors, Outage reason) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.errors = errors;
        this.reason = reason;
    }

    /** Of a status and a sentence. */
    public static Problem of(int status, String title, String detail) {
        return new Problem(status, title, detail, List.of(), null);
    }

    /** Of fields that cannot be taken. */
    public static Problem fields(List<FieldError> errors) {
        String detail = errors.stream().map(FieldError::sentence).collect(Collectors.joining("; "));
        return new Problem(422, "Wrong fields", detail, List.copyOf(errors), null);
    }

    /** Of one field that cannot be taken. */
    public static Problem field(String field, Object value, String expected) {
        return fields(List.of(new FieldError(field, value == null ? null : value.toString(), expected)));
    }

    /** Of something that is not there. */
    public static Problem notFound(String detail) {
        return of(404, "Not found", detail);
    }

    /** Of a service that cannot do it now. */
    public static Problem unavailable(Outage reason, String detail) {
        return new Problem(503, reason.title, detail, List.of(), reason);
    }

    public int status() {
        return status;
    }

    /** Seconds to wait before another try; 0 where it makes no sense. */
    public int retryAfter() {
        return reason == null || reason == Outage.BROKEN ? 0 : RETRY_SECONDS;
    }

    /** @param instance path of the request */
    public Map<String, Object> details(String instance) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("type", "about:blank");
        details.put("title", title);
        details.put("status", status);
        details.put("detail", getMessage());
        details.put("instance", instance);
        if (reason != null) {
            details.put("reason", reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        if (!errors.isEmpty()) {
            details.put("errors", errors);
        }
        return details;
    }
}
