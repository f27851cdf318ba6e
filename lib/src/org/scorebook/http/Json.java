package org.scorebook.http;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;

/** What is sent and taken: records with names such as {@code image_path}; numbers that JSON has no word for are null. */
public final class Json {
    private static final Gson GSON = new GsonBuilder()
            .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
            .disableHtmlEscaping()
            .serializeNulls()
            .registerTypeAdapter(Instant.class, new InstantAdapter())
            .registerTypeAdapter(Double.class, new FiniteAdapter())
            .registerTypeAdapter(double.class, new FiniteAdapter())
            .create();

    private static final TypeAdapter<JsonElement> ELEMENTS = GSON.getAdapter(JsonElement.class);

    private Json() {}

    /** A value as JSON. */
    public static String text(Object value) {
        return GSON.toJson(value);
    }

    /** The same, to be put into something larger. */
    public static JsonElement tree(Object value) {
        return GSON.toJsonTree(value);
    }

    /** @throws JsonParseException for text that is no JSON, JSON that is no object, or one that has a name twice */
    public static JsonObject object(String text) {
        requireEscapes(text);
        JsonReader reader = new JsonReader(new StringReader(text));
        try {
            if (reader.peek() != JsonToken.BEGIN_OBJECT) {
                throw new JsonParseException("it is JSON, but not an object");
            }
            JsonObject object = entries(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new JsonParseException("something follows the object");
            }
            return object;
        } catch (IOException e) {
            throw new JsonParseException(e.getMessage(), e);
        }
    }

    /** Control characters stand in a JSON text as escapes alone, which the reader does not mind. */
    private static void requireEscapes(String text) {
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (inside && c < ' ') {
                throw new JsonParseException("a text has a control character that is not escaped");
            }
            if (inside && c == '\\') {
                i++;
            } else if (c == '"') {
                inside = !inside;
            }
        }
    }

    private static JsonObject entries(JsonReader reader) throws IOException {
        JsonObject object = new JsonObject();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (object.has(name)) {
                throw new JsonParseException("it has " + name + " twice");
            }
            object.add(name, ELEMENTS.read(reader));
        }
        reader.endObject();
        return object;
    }

    private static final class InstantAdapter extends TypeAdapter<Instant> {
        @Override
        public void write(JsonWriter out, Instant value) throws IOException {
            out.value(value == null ? null : value.toString());
        }

        @Override
        public Instant read(JsonReader in) throws IOException {
            return Instant.parse(in.nextString());
        }
    }

    private static final class FiniteAdapter extends TypeAdapter<Double> {
        @Override
        public void write(JsonWriter out, Double value) throws IOException {
            if (value != null && value == Math.rint(value) && Math.abs(value) < 1e15) {
                out.value(value.longValue());
            } else {
                out.value(value == null || !Double.isFinite(value) ? null : value);
            }
        }

        @Override
        public Double read(JsonReader in) throws IOException {
            return in.nextDouble();
        }
    }
}
