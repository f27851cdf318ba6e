package org.scorebook.http;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.BadMessageException;
import org.scorebook.base.DamagedFile;
import org.scorebook.base.Names;

/** The fields of a request, checked: each has its type and range, and none is unknown. */
public final class RequestBody {
    /** The largest body that is read, in bytes. */
    public static final int LARGEST = 64 * 1024;

    private final Map<String, Object> values;

    private RequestBody(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * Reads and checks the body of a request; one that is empty has no fields.
     *
     * @throws Problem that names all fields that are wrong, or says why it is no JSON object
     */
    public static RequestBody of(Context context, List<RequestField> fields) throws IOException {
        byte[] bytes = bytes(context);
        if (bytes.length > 0 && !isJson(context.req().getContentType())) {
            throw Problem.of(
                    415,
                    "Not JSON",
                    "Content-Type must be application/json, but is "
                            + (context.req().getContentType() == null
                                    ? "not there"
                                    : context.req().getContentType()));
        }
        return new RequestBody(check(bytes.length == 0 ? new JsonObject() : parse(bytes), fields));
    }

    private static boolean isJson(String type) {
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }

    private static byte[] bytes(Context context) {
        try (InputStream in = context.req().getInputStream()) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw Problem.of(413, "Too large", "the body must have at most " + LARGEST + " bytes, but has more");
            }
            return bytes;
        } catch (IOException | BadMessageException e) {
            throw Problem.of(
                    400, "Not whole", "the body must come whole, as its length or its chunks say, but does not");
        }
    }

    private static JsonObject parse(byte[] bytes) {
        try {
            return Json.object(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw Problem.of(400, "Not JSON", "the body must be JSON in UTF-8, but is no UTF-8");
        } catch (JsonParseException e) {
            throw Problem.of(400, "Not JSON", "the body must be a JSON object: " + DamagedFile.reason(e));
        }
    }

    private static Map<String, Object> check(JsonObject sent, List<RequestField> fields) {
        List<FieldError> errors = new ArrayList<>();
        Map<String, Object> values = new LinkedHashMap<>();
        for (RequestField field : fields) {
            values.put(field.name(), field.read(sent.get(field.name()), errors));
        }
        List<String> known = fields.stream().map(RequestField::name).collect(Collectors.toList());
        for (String name : sent.keySet()) {
            if (!known.contains(name)) {
                String meant = Names.nearest(name, known)
                        .map(n -> " (did you mean " + n + "?)")
                        .orElse("");
                errors.add(new FieldError(
                        name, sent.get(name).toString(), "left out, for there is no such field here" + meant));
            }
        }
        if (!errors.isEmpty()) {
            throw Problem.fields(errors);
        }
        return values;
    }

    /** Whether it has a value, sent or initial. */
    public boolean has(String name) {
        return values.get(name) != null;
    }

    public int integer(String name) {
        return ((Number) values.get(name)).intValue();
    }

    public long whole(String name) {
        return ((Number) values.get(name)).longValue();
    }

    public double number(String name) {
        return ((Number) values.get(name)).doubleValue();
    }

    public String text(String name) {
        return (String) values.get(name);
    }

    /** The elements of a list, with commas between; null where it is not there. */
    public String names(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : null;
    }

    /** All that are there. */
    public Map<String, Object> given() {
        Map<String, Object> given = new LinkedHashMap<>(values);
        given.values().removeIf(value -> value == null);
        given.replaceAll((name, value) -> value instanceof BigDecimal number ? number.toPlainString() : value);
        return given;
    }
}
