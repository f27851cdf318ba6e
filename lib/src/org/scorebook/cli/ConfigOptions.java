package org.scorebook.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.scorebook.config.RunConfig;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where a command's settings come from: a preset or a file, and what the command line changes of it. */
final class ConfigOptions {
    @Option(names = "--preset", paramLabel = "NAME", description = "start from a prepared configuration; see --presets")
    private String preset;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "start from a JSON file, such as a run's config.json")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "change any setting by its name in config.json; may be repeated")
    private Map<String, String> changes = new LinkedHashMap<>();

    @Option(names = "--no-cuda", description = "the same as --device cpu")
    private boolean noCuda;

    /** The settings; options of {@link SettingOptions} stand over those of the preset or file, and --set over all. */
    RunConfig config(CommandLine line) throws IOException {
        if (preset != null && file != null) {
            throw new ParameterException(line, "give one of --preset and --config, not both");
        }
        Map<String, Object> changes = changes(line);
        RunConfig config = start().with(changes);
        if (changes.containsKey("sampler")) { // the default, where nobody asks for it, stands for the one that fits
            config.sampler().requireFit(config.objective().kind());
        }
        return config;
    }

    private Map<String, Object> changes(CommandLine line) {
        Map<String, Object> all = SettingOptions.given(line.getParseResult());
        if (noCuda) {
            all.put("device", "cpu");
        }
        all.putAll(changes);
        return all;
    }

    /** What the command line says of the settings of a run that goes on. */
    Map<String, Object> changesOfRun(CommandLine line) {
        if (preset != null || file != null) {
            throw new ParameterException(
                    line,
                    "give --resume or " + (preset != null ? "--preset" : "--config")
                            + ", not both: a run goes on with its own settings");
        }
        return changes(line);
    }

    private RunConfig start() throws IOException {
        if (preset != null) {
            return RunConfig.preset(preset);
        }
        return file != null ? RunConfig.read(file) : RunConfig.defaults();
    }
}
