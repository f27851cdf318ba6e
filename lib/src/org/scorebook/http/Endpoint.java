package org.scorebook.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One thing that the service does: how it is asked for, what it answers, and the code. The router and the OpenAPI document are
 * made from the same list of these.
 *
 * @param path with {@code {name}} for its parameters
 * @param group of the description that it stands in
 * @param fields of the JSON body; none where there is no body
 * @param query names of parameters behind the path, each with its help
 * @param answers what it may answer, besides problems that every endpoint has
 * @param open whether it needs no token
 */
public record Endpoint(
        HandlerType method,
        String path,
        String summary,
        String group,
        List<RequestField> fields,
        List<RequestField> query,
        List<Answer> answers,
        boolean open,
        Action action) {
    /** The code of an endpoint. */
    @FunctionalInterface
    public interface Action {
        void answer(Context context) throws Exception;
    }

    /**
     * One kind of answer.
     *
     * @param type of its content
     */
    public record Answer(int status, String type, String help) {}

    public static final String JSON = "application/json";
    public static final String PNG = "image/png";
    public static final String EVENTS = "text/event-stream";

    public static Endpoint get(String path, String summary, Action action) {
        return new Endpoint(HandlerType.GET, path, summary, "", List.of(), List.of(), List.of(), false, action);
    }

    public static Endpoint delete(String path, String summary, Action action) {
        return new Endpoint(HandlerType.DELETE, path, summary, "", List.of(), List.of(), List.of(), false, action);
    }

    public static Endpoint post(String path, String summary, List<RequestField> fields, Action action) {
        return new Endpoint(HandlerType.POST, path, summary, "", fields, List.of(), List.of(), false, action);
    }

    /** With another kind of answer. */
    public Endpoint answers(int status, String type, String help) {
        List<Answer> all = new ArrayList<>(answers);
        all.add(new Answer(status, type, help));
        return new Endpoint(method, path, summary, group, fields, query, all, open, action);
    }

    /** With parameters behind the path. */
    public Endpoint query(RequestField... parameters) {
        return new Endpoint(method, path, summary, group, fields, Arrays.asList(parameters), answers, open, action);
    }

    /** In a group of the description. */
    public Endpoint in(String other) {
        return new Endpoint(method, path, summary, other, fields, query, answers, open, action);
    }

    /** Without a token. */
    public Endpoint withoutToken() {
        return new Endpoint(method, path, summary, group, fields, query, answers, true, action);
    }
}
