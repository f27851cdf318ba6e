package org.scorebook.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scorebook.config.RunConfig;
import org.scorebook.config.RunSetting;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** An option for each setting of a run, in groups: {@code --batch-size N} for {@code batch_size}. */
final class SettingOptions implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
        Map<String, ArgGroupSpec.Builder> groups = new LinkedHashMap<>();
        for (RunSetting setting : RunConfig.settings()) {
            groups.computeIfAbsent(setting.heading(), SettingOptions::group).addArg(option(setting));
        }
        groups.values().forEach(group -> spec.addArgGroup(group.build()));
        return spec;
    }

    private static ArgGroupSpec.Builder group(String heading) {
        return ArgGroupSpec.builder().validate(false).heading("%n" + heading + ":%n");
    }

    private static OptionSpec option(RunSetting setting) {
        OptionSpec.Builder option = OptionSpec.builder(setting.option()).description(description(setting));
        if (setting.isFlag()) {
            return option.type(boolean.class).arity("0").negatable(true).build();
        }
        return option.type(String.class)
                .arity("1")
                .paramLabel(label(setting))
                .completionCandidates(setting.choices().isEmpty() ? null : setting.choices())
                .build();
    }

    private static String label(RunSetting setting) {
        if (setting.isList()) {
            return "N,N,...";
        }
        return setting.isNumeric() ? "N" : setting.key().endsWith("dir") ? "DIR" : "NAME";
    }

    private static String description(RunSetting setting) {
        List<String> notes = new ArrayList<>();
        if (!setting.choices().isEmpty()) {
            notes.add(String.join(", ", setting.choices()));
        }
        if (!setting.isFlag() && !setting.initial().isEmpty()) {
            notes.add("default " + setting.initial());
        }
        String help = setting.help().replace("%", "%%");
        return notes.isEmpty() ? help : help + " (" + String.join("; ", notes) + ")";
    }

    /** The settings that the command line gives, by their keys. */
    static Map<String, Object> given(ParseResult parsed) {
        Map<String, Object> given = new LinkedHashMap<>();
        for (RunSetting setting : RunConfig.settings()) {
            if (parsed.hasMatchedOption(setting.option())) {
                given.put(setting.key(), parsed.matchedOption(setting.option()).getValue());
            }
        }
        return given;
    }
}
