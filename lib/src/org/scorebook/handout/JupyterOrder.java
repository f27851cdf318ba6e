package org.scorebook.handout;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** The order in which Jupyter writes the fields of a notebook's objects: by name. */
final class JupyterOrder {
    private JupyterOrder() {}

    /** Brings the fields of an object into it, and those of all objects inside. */
    static void apply(JsonObject object) {
        for (String name : object.keySet().stream().sorted().toList()) {
            JsonElement value = object.remove(name);
            object.add(name, value);
            applyInside(value);
        }
    }

    private static void applyInside(JsonElement value) {
        if (value instanceof JsonObject object) {
            apply(object);
        } else if (value.isJsonArray()) {
            value.getAsJsonArray().forEach(JupyterOrder::applyInside);
        }
    }
}
