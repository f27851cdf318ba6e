package org.scorebook.folder;

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
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * {@link Status} from and to JSON. A newer version may have written entries that this one does not know: they mean nothing to it
 * and so are passed over in reading, and they mean something to others and so are kept in writing.
 */
final class StatusJson {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .registerTypeAdapterFactory(new RecordAdapter())
            .registerTypeAdapter(Instant.class, new InstantText())
            .create();

    private static final Set<String> NAMES =
            GSON.toJsonTree(Status.fresh()).getAsJsonObject().keySet();

    private final JsonObject tree;

    private StatusJson(JsonObject tree) {
        this.tree = tree;
    }

    /** @throws JsonParseException for what is no JSON object */
    static StatusJson parse(String text) {
        if (GSON.fromJson(text, JsonElement.class) instanceof JsonObject object) {
            return new StatusJson(object);
        }
        throw new JsonParseException("it is not a JSON object");
    }

    static StatusJson of(Status status) {
        return new StatusJson(GSON.toJsonTree(status).getAsJsonObject());
    }

    /** @throws JsonParseException where an entry is missing or not of its type */
    Status status() {
        JsonObject known = new JsonObject();
        for (String name : NAMES) {
            if (tree.has(name)) {
                known.add(name, tree.get(name));
            }
        }
        return GSON.fromJson(known, Status.class);
    }

    /** Of another status, with what is not known here. */
    StatusJson with(Status other) {
        StatusJson changed = of(other);
        for (Map.Entry<String, JsonElement> entry : tree.entrySet()) {
            if (!changed.tree.has(entry.getKey())) {
                changed.tree.add(entry.getKey(), entry.getValue());
            }
        }
        return changed;
    }

    String text() {
        return GSON.toJson(tree) + "\n";
    }

    /** ISO 8601 in UTC. */
    private static final class InstantText extends TypeAdapter<Instant> {
        @Override
        public void write(JsonWriter out, Instant value) throws IOException {
            out.value(value == null ? null : value.toString());
        }

        @Override
        public Instant read(JsonReader in) throws IOException {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                return null;
            }
            return Instant.parse(in.nextString());
        }
    }
}
