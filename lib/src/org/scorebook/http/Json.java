package org.scorebook.http;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Instant;

/** What is sent and taken: records with names such as {@code image_path}; numbers that JSON has no word for are null. */
public final class Json {
    private static final Gson GSON = new GsonBuilder()
            .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
            .disableHtmlEscaping()
            .serializeNulls()
            .setStrictness(Strictness.STRICT)
            .registerTypeAdapter(Instant.class, new InstantAdapter())
            .registerTypeAdapter(Double.class, new FiniteAdapter())
            .registerTypeAdapter(double.class, new FiniteAdapter())
            .create();

    private Json() {}

    public static String text(Object value) {
        return GSON.toJson(value);
    }

    public static JsonElement tree(Object value) {
        return GSON.toJsonTree(value);
    }

    public static <T> T read(String text, Class<T> type) {
        return GSON.fromJson(text, type);
    }

    /** @throws JsonParseException for text that is no JSON, or JSON that is no object */
    public static JsonObject object(String text) {
        if (GSON.fromJson(text, JsonElement.class) instanceof JsonObject object) {
            return object;
        }
        throw new JsonParseException("it is JSON, but not an object");
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
