package org.scorebook.config;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebook.base.DamagedFile;
import org.scorebook.base.Require;

/** {@link RunConfig} from and to JSON, by reflection over its components. */
final class ConfigJson {
    static final String EXTENDS = "extends";
    static final String DESCRIPTION = "description";
    static final String VERSION = "scorebook_version";
    private static final List<String> NOT_SETTINGS = List.of(EXTENDS, DESCRIPTION, VERSION);
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().serializeNulls().create();

    private ConfigJson() {}

    static RunConfig read(Path file) throws IOException {
        if (Files.isDirectory(Require.given("file", file))) {
            throw new IllegalArgumentException("a configuration must be a file, but " + file + " is a folder");
        }
        try {
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no configuration file " + file.toAbsolutePath(), e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    file + ": a configuration must be text in UTF-8, but is not from some byte on", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    static RunConfig parse(String json) {
        JsonObject object = object(json);
        RunConfig base =
                object.has(EXTENDS) ? RunConfig.preset(String.valueOf(raw(object.get(EXTENDS)))) : RunConfig.defaults();
        Map<String, Object> changes = new LinkedHashMap<>();
        if (object.has(VERSION)) { // a run that does not say it began before there was a choice
            changes.put("precision", Precision.FLOAT32);
        }
        for (Map.Entry<String, JsonElement> setting : object.entrySet()) {
            if (!NOT_SETTINGS.contains(setting.getKey())) {
                changes.put(setting.getKey(), raw(setting.getValue()));
            }
        }
        return base.with(changes);
    }

    static JsonObject object(String json) {
        try {
            if (new Gson().fromJson(Require.given("json", json), JsonElement.class) instanceof JsonObject object) {
                return object;
            }
        } catch (JsonParseException e) {
            throw new IllegalArgumentException(
                    "a configuration must be a JSON object, but is not JSON: " + DamagedFile.reason(e), e);
        }
        throw new IllegalArgumentException("a configuration must be a JSON object, but is " + abbreviated(json));
    }

    private static String abbreviated(String text) {
        if (text.isBlank()) {
            return "empty";
        }
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }

    private static Object raw(JsonElement element) {
        if (element.isJsonNull()) {
            return null;
        }
        if (element instanceof JsonArray array) {
            List<Object> values = new ArrayList<>();
            array.forEach(e -> values.add(raw(e)));
            return values;
        }
        if (element instanceof JsonPrimitive primitive) {
            return primitive.isString() ? primitive.getAsString() : plain(primitive);
        }
        return element; // an object, which no setting takes
    }

    private static Object plain(JsonPrimitive primitive) {
        return primitive.isBoolean() ? (Object) primitive.getAsBoolean() : primitive.getAsNumber();
    }

    static RunConfig change(RunConfig config, Map<String, ?> changes) {
        Map<String, Object> values = new LinkedHashMap<>();
        RunSetting.all().forEach(setting -> values.put(setting.key(), setting.of(config)));
        changes.forEach((key, value) -> {
            RunSetting setting = RunSetting.find(key);
            values.put(setting.key(), SettingValue.convert(setting, value));
        });
        return build(values);
    }

    /** @param values of the right types; the others have their default */
    static RunConfig build(Map<String, Object> values) {
        Object[] arguments = RunSetting.all().stream()
                .map(s -> values.containsKey(s.key()) ? values.get(s.key()) : SettingValue.convert(s, s.initial()))
                .toArray();
        Class<?>[] types = Arrays.stream(RunConfig.class.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<RunConfig> constructor = RunConfig.class.getDeclaredConstructor(types);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof IllegalArgumentException wrong ? wrong : new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static String write(RunConfig config) {
        return GSON.toJson(tree(config)) + "\n";
    }

    /** The configuration and the library that it is of. */
    static String writeWithVersion(RunConfig config) {
        JsonObject object = tree(config);
        String version = RunConfig.class.getPackage().getImplementationVersion();
        object.addProperty(VERSION, version == null ? "not packaged" : version);
        return GSON.toJson(object) + "\n";
    }

    private static JsonObject tree(RunConfig config) {
        JsonObject object = new JsonObject();
        RunSetting.all().forEach(s -> object.add(s.key(), json(s.of(config))));
        return object;
    }

    private static JsonElement json(Object value) {
        return GSON.toJsonTree(value instanceof Choice choice ? choice.key() : value);
    }
}
