package org.scorebook.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The OpenAPI document, version 3.1, of a list of endpoints. */
public final class OpenApi {
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");

    private OpenApi() {}

    public static JsonObject document(String version, boolean token, List<Endpoint> endpoints) {
        JsonObject document = new JsonObject();
        document.addProperty("openapi", "3.1.0");
        document.add("info", info(version));
        JsonObject paths = new JsonObject();
        for (Endpoint endpoint : endpoints) {
            if (!paths.has(endpoint.path())) {
                paths.add(endpoint.path(), new JsonObject());
            }
            paths.getAsJsonObject(endpoint.path())
                    .add(endpoint.method().name().toLowerCase(Locale.ROOT), operation(endpoint, token));
        }
        document.add("paths", paths);
        document.add("components", components(token));
        return document;
    }

    private static JsonObject info(String version) {
        JsonObject info = new JsonObject();
        info.addProperty("title", "Scorebook");
        info.addProperty("version", version);
        info.addProperty("description", "Images from diffusion and energy-based models, and trainings of such models.");
        return info;
    }

    private static JsonObject operation(Endpoint endpoint, boolean token) {
        JsonObject operation = new JsonObject();
        operation.addProperty("summary", endpoint.summary());
        operation.addProperty("operationId", id(endpoint));
        operation.add("tags", Json.tree(List.of(endpoint.group())));
        operation.add("parameters", parameters(endpoint));
        if (!endpoint.fields().isEmpty()) {
            operation.add("requestBody", body(endpoint.fields()));
        }
        operation.add("responses", responses(endpoint));
        if (token && !endpoint.open()) {
            JsonObject bearer = new JsonObject();
            bearer.add("token", new JsonArray());
            operation.add("security", Json.tree(List.of(bearer)));
        }
        return operation;
    }

    private static String id(Endpoint endpoint) {
        String words =
                (endpoint.method() + endpoint.path()).replaceAll("\\W+", "_").replaceAll("_$", "");
        return words.toLowerCase(Locale.ROOT);
    }

    private static JsonArray parameters(Endpoint endpoint) {
        JsonArray parameters = new JsonArray();
        Matcher inPath = PARAMETER.matcher(endpoint.path());
        while (inPath.find()) {
            JsonObject text = new JsonObject();
            text.addProperty("type", "string");
            parameters.add(parameter(inPath.group(1), "path", true, text));
        }
        for (RequestField field : endpoint.query()) {
            parameters.add(parameter(field.name(), "query", false, field.schema()));
        }
        return parameters;
    }

    private static JsonObject parameter(String name, String place, boolean required, JsonObject schema) {
        JsonObject parameter = new JsonObject();
        parameter.addProperty("name", name);
        parameter.addProperty("in", place);
        parameter.addProperty("required", required);
        parameter.add("schema", schema);
        return parameter;
    }

    private static JsonObject body(List<RequestField> fields) {
        JsonObject properties = new JsonObject();
        fields.forEach(field -> properties.add(field.name(), field.schema()));
        JsonObject schema = new JsonObject();
        schema.addProperty("type", "object");
        schema.addProperty("additionalProperties", false);
        schema.add("properties", properties);
        JsonObject body = new JsonObject();
        body.addProperty("required", false);
        body.add("content", content(Endpoint.JSON, schema));
        return body;
    }

    private static JsonObject content(String type, JsonObject schema) {
        JsonObject media = new JsonObject();
        media.add("schema", schema);
        JsonObject content = new JsonObject();
        content.add(type, media);
        return content;
    }

    private static JsonObject responses(Endpoint endpoint) {
        JsonObject responses = new JsonObject();
        for (Endpoint.Answer answer : endpoint.answers()) {
            String status = Integer.toString(answer.status());
            JsonObject response = responses.has(status) ? responses.getAsJsonObject(status) : new JsonObject();
            JsonObject content = response.has("content") ? response.getAsJsonObject("content") : new JsonObject();
            response.addProperty("description", answer.help());
            content.add(answer.type(), media(answer.type()));
            response.add("content", content);
            responses.add(status, response);
        }
        responses.add("default", problem());
        return responses;
    }

    private static JsonObject media(String type) {
        JsonObject schema = new JsonObject();
        schema.addProperty("type", type.equals(Endpoint.JSON) ? "object" : "string");
        return content(type, schema).getAsJsonObject(type);
    }

    private static JsonObject problem() {
        JsonObject reference = new JsonObject();
        reference.addProperty("$ref", "#/components/schemas/Problem");
        JsonObject response = new JsonObject();
        response.addProperty("description", "what is wrong, as problem details (RFC 9457)");
        response.add("content", content(Problem.CONTENT_TYPE, reference));
        return response;
    }

    private static JsonObject components(boolean token) {
        JsonObject schemas = new JsonObject();
        schemas.add("Problem", problemSchema());
        JsonObject components = new JsonObject();
        components.add("schemas", schemas);
        if (token) {
            JsonObject bearer = new JsonObject();
            bearer.addProperty("type", "http");
            bearer.addProperty("scheme", "bearer");
            JsonObject schemes = new JsonObject();
            schemes.add("token", bearer);
            components.add("securitySchemes", schemes);
        }
        return components;
    }

    private static JsonObject problemSchema() {
        JsonObject properties = new JsonObject();
        for (String name : List.of("type", "title", "detail", "instance", "reason")) {
            properties.add(name, ofType("string"));
        }
        properties.add("status", ofType("integer"));
        JsonObject error = ofType("object");
        JsonObject parts = new JsonObject();
        List.of("field", "value", "expected").forEach(name -> parts.add(name, ofType("string")));
        error.add("properties", parts);
        JsonObject errors = ofType("array");
        errors.add("items", error);
        properties.add("errors", errors);
        JsonObject schema = ofType("object");
        schema.add("properties", properties);
        return schema;
    }

    private static JsonObject ofType(String type) {
        JsonObject schema = new JsonObject();
        schema.addProperty("type", type);
        return schema;
    }
}
