package org.scorebook.config;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebook.base.Names;

/** The prepared configurations, each a file {@code presets/NAME.json} with a description and what differs. */
final class Presets {
    /** In the order to show them: a folder inside a jar cannot be listed by ordinary means. */
    static final List<String> NAMES = List.of(
            "fashion-mnist-quick",
            "fashion-mnist-cpu",
            "fashion-mnist",
            "mnist-cpu",
            "emoji-cpu",
            "emoji",
            "fashion-mnist-score",
            "mnist-score",
            "ebm-quick",
            "ebm-fashion-mnist",
            "ebm-jem",
            "ebm-emoji",
            "cifar-10-simple",
            "cifar-10-ddpm",
            "cifar-10-guided",
            "ebm-cifar-10",
            "afhq");

    private Presets() {}

    static RunConfig get(String name) {
        String json = text(name);
        JsonObject object = ConfigJson.object(json);
        RunConfig config = RunConfig.fromJson(json);
        return object.has("run_name") ? config : config.with("run_name", name);
    }

    static Map<String, String> descriptions() {
        Map<String, String> descriptions = new LinkedHashMap<>();
        NAMES.forEach(name -> descriptions.put(
                name, ConfigJson.object(text(name)).get(ConfigJson.DESCRIPTION).getAsString()));
        return descriptions;
    }

    private static String text(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("unknown preset " + name + Names.hint(name, NAMES));
        }
        try (InputStream in = Presets.class.getResourceAsStream("presets/" + name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
