package org.scorebook.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scorebook.data.ImageSets;

/** The tables are the only place that knows their names, and what else tells of them agrees. */
class CatalogueTest {
    private static Stream<RunSetting> tables() {
        return RunConfig.settings().stream().filter(setting -> !setting.table().isEmpty());
    }

    @Test
    void theReadmeShowsTheTables() throws IOException {
        List<String> rows = tables().flatMap(setting -> setting.table().stream().map(choice -> row(setting, choice)))
                .toList();
        List<String> page = Files.readAllLines(Path.of("README.md"));
        int begin = page.indexOf("| setting | name | what it is | for |") + 2;
        int end = begin;
        while (page.get(end).startsWith("|")) {
            end++;
        }
        assertEquals(String.join("\n", rows), String.join("\n", page.subList(begin, end)));
    }

    private static String row(RunSetting setting, Choice choice) {
        String kinds = choice.fits().size() == ModelKind.values().length
                ? "all"
                : choice.fits().stream().map(ModelKind::ground).collect(Collectors.joining(", "));
        return "| `%s` | `%s` | %s | %s |".formatted(setting.key(), choice.key(), choice.help(), kinds);
    }

    /** Comparing a string with a name, or switching over names, is deciding by it; a constant equals no string. */
    @Test
    void noOtherRoomDecidesByAName() throws IOException {
        Set<String> names = new TreeSet<>(ImageSets.names());
        tables().forEach(setting -> names.addAll(setting.choices()));
        String name = "\"(?:" + String.join("|", names) + ")\"";
        String constant = tables().map(setting -> setting.component().getName())
                .collect(Collectors.joining("|", "\\.(?:", ")\\(\\)"));
        Pattern decision = Pattern.compile("(?:[eE]quals(?:IgnoreCase)?\\(|case )" + name + "|" + name + "\\.equals|"
                + constant + "\\s*\\.equals\\(");
        List<String> found = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of("lib", "src"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                Matcher matcher = decision.matcher(Files.readString(source));
                while (matcher.find()) {
                    found.add(source + ": " + matcher.group());
                }
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void settingsTakeNamesAndConstants() {
        RunConfig config =
                RunConfig.defaults().with("sampler", "dpm-solver").with("prediction", PredictionKind.VELOCITY);
        assertEquals(SamplerKind.DPM_SOLVER, config.sampler());
        assertEquals(PredictionKind.VELOCITY, config.prediction());
        assertTrue(config.toJson().contains("\"sampler\": \"dpm-solver\""), config.toJson());
        assertEquals(
                "sampler must be one of ddpm, ddim, heun, dpm-solver, langevin, but is velocity",
                assertThrows(IllegalArgumentException.class, () -> config.with("sampler", PredictionKind.VELOCITY))
                        .getMessage());
    }

    /** What a help text says of a family is what its table says. */
    @Test
    void helpTextsReadTheTables() {
        String objectives = RunSetting.find("objective").help();
        for (ObjectiveKind objective : ObjectiveKind.values()) {
            assertTrue(objectives.contains(objective + ": " + objective.help()), objectives);
        }
        assertEquals(
                "first beta of linear, sigmoid and quadratic",
                RunSetting.find("beta_first").help());
        assertEquals(
                "sampler of the grids; langevin for noise levels and energies, and only for these",
                RunSetting.find("sampler").help());
        RunConfig.settings().forEach(setting -> assertFalse(setting.help().contains("$"), setting.help()));
    }

    /** A sampler is made for the kinds that it says it serves, and for no other. */
    @ParameterizedTest
    @EnumSource(SamplerKind.class)
    void samplersAreMadeForWhatTheyServe(SamplerKind sampler) {
        for (ObjectiveKind objective : ObjectiveKind.values()) {
            RunConfig config = of(objective);
            if (sampler.fits().contains(objective.kind())) {
                assertTrue(SamplerKind.serving(objective.kind()).contains(sampler));
                sampler.make(config, 3);
            } else {
                assertThrows(IllegalArgumentException.class, () -> sampler.make(config, 3));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(NetworkKind.class)
    void networksAreMadeForWhatTheyServe(NetworkKind network) {
        for (ObjectiveKind objective : ObjectiveKind.values()) {
            String both = "{\"model\": \"" + network + "\", \"objective\": \"" + objective + "\"}";
            if (network.fits().contains(objective.kind())) {
                network.make(RunConfig.fromJson(both), new Shape(1, 28, 28), 0);
            } else {
                assertThrows(IllegalArgumentException.class, () -> RunConfig.fromJson(both));
            }
        }
    }

    private static RunConfig of(ObjectiveKind objective) {
        NetworkKind model = Arrays.stream(NetworkKind.values())
                .filter(network -> network.fits().contains(objective.kind()))
                .findFirst()
                .orElseThrow();
        return RunConfig.fromJson("{\"model\": \"" + model + "\", \"objective\": \"" + objective + "\"}");
    }
}
