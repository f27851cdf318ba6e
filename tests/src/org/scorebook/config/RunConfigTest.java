package org.scorebook.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RunConfigTest {
    static Set<String> presets() {
        return RunConfig.presets().keySet();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void presetsSurviveTheWayThroughJson(String name) {
        RunConfig preset = RunConfig.preset(name);
        assertEquals(name, preset.runName());
        assertEquals(preset, RunConfig.fromJson(preset.toJson()));
        assertFalse(RunConfig.presets().get(name).isBlank());
    }

    @Test
    void everyPresetFileIsListed() throws Exception {
        Path folder = Path.of("lib/resources/org/scorebook/config/presets");
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    new TreeSet<>(presets()),
                    files.map(f -> f.getFileName().toString().replace(".json", ""))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    /** Files of networks that were trained before there was a choice do not name it. */
    @Test
    void energiesThatNameNoDownsamplingAreStrided() {
        RunConfig pooled = RunConfig.preset("ebm-fashion-mnist").with("downsampling", "pooled");
        String without = pooled.toJson().replaceAll("\\s+\"downsampling\": \"pooled\",", "");
        assertEquals(pooled.with("downsampling", "strided"), RunConfig.fromJson(without));
        assertEquals(pooled, RunConfig.fromJson(pooled.toJson()));
    }

    /** They were computed in float32, and go on so; settings that somebody wrote leave the choice to the device. */
    @Test
    void runsThatNameNoPrecisionAreInFloat32() {
        String without = RunConfig.defaults().toJsonWithVersion().replaceAll("\\s+\"precision\": \"auto\",", "");
        assertFalse(without.contains("precision"), without);
        assertEquals(Precision.FLOAT32, RunConfig.fromJson(without).precision());
        assertEquals(Precision.AUTO, RunConfig.fromJson("{\"epochs\": 2}").precision());
        assertEquals(
                Precision.AUTO,
                RunConfig.fromJson(RunConfig.defaults().toJsonWithVersion()).precision());
    }

    @Test
    void presetsHaveTheSeedsNumbers() {
        RunConfig guided = RunConfig.preset("cifar-10-guided");
        assertEquals(
                List.of(32, List.of(1, 2, 4), 100, ScheduleKind.COSINE, 64, 0.003, 30, true, 0.1, 3.0),
                List.of(
                        guided.baseChannels(),
                        guided.multipliers(),
                        guided.timesteps(),
                        guided.schedule(),
                        guided.batchSize(),
                        guided.lr(),
                        guided.epochs(),
                        guided.conditional(),
                        guided.pUncond(),
                        guided.guidanceScale()));
        RunConfig quick = RunConfig.preset("fashion-mnist-quick");
        assertTrue(quick.conditional(), "inherited from fashion-mnist-cpu");
        assertEquals(16, quick.baseChannels());
    }

    @Test
    void settingsAreChangedByAnyOfTheirNames() {
        RunConfig config = RunConfig.defaults()
                .with("batchSize", 7)
                .with("max-per-class", "8")
                .with("lr", 1)
                .with("attention_resolutions", "")
                .with("multipliers", "1, 2,4")
                .with("conditional", "true")
                .with("seed", 1L << 40);
        assertEquals(7, config.batchSize());
        assertEquals(8, config.maxPerClass());
        assertEquals(1.0, config.lr());
        assertEquals(List.of(), config.attentionResolutions());
        assertEquals(List.of(1, 2, 4), config.multipliers());
        assertTrue(config.conditional());
        assertEquals(1L << 40, config.seed());
        assertEquals(config, RunConfig.fromJson(config.toJson()));
    }

    @Test
    void changesThatBelongTogetherAreMadeTogether() {
        assertNull(RunConfig.defaults().dataDir());
        RunConfig config = RunConfig.defaults().with(Map.of("data", "folder", "data_dir", "faces"));
        assertEquals("faces", config.dataDir());
        Map<String, Object> back = new HashMap<>(Map.of("data", "emoji"));
        back.put("data_dir", null);
        assertNull(config.with(back).dataDir());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "batchsize | 3 | unknown setting batchsize; did you mean batch_size?",
                "guidence-scale | 3 | unknown setting guidence-scale; did you mean guidance_scale?",
                "batch_size | many | batch_size must be a whole number, but is many",
                "batch_size | 1.5 | batch_size must be a whole number, but is 1.5",
                "batch_size | 0 | batch_size must be at least 1, but is 0",
                "batch_size | 99999999999 | batch_size must be a whole number, but is 99999999999",
                "lr | 0 | lr must be above 0, but is 0",
                "lr | NaN | lr must be a number, but is NaN",
                "lr | 1e999 | lr must be below 10^308, but is 1e999",
                "dropout | 1 | dropout must be below 1, but is 1",
                "p_uncond | 1.1 | p_uncond must be at most 1, but is 1.1",
                "conditional | yes | conditional must be true or false, but is yes",
                "schedule | cosin | schedule must be one of linear, cosine, sigmoid, quadratic, but is cosin; did you mean cosine?",
                "data | imagenet | data must be one of fashion-mnist, mnist, cifar-10, emoji, folder, but is imagenet",
                "data | folder | data_dir must name a folder of images when data is folder, but it is not set",
                "multipliers | 1,x | multipliers must be whole numbers, such as 1,2,2, but is 1,x",
                "multipliers | 1,0 | multipliers must be at least 1, but is 1,0",
                "multipliers | '' | multipliers must have a number for each level of the network, such as 1,2,2, but has none",
                "beta_first | 0.5 | beta_first must be below beta_last, but they are 0.5 and 0.02",
                "sigma_min | 2 | sigma_min must be below sigma_max, but they are 2.0 and 1.0",
                "groups | 5 | groups must divide base_channels, but they are 5 and 32",
                "device | gpu | device must be auto, cpu, cuda, mps or one such as cuda:1, but is gpu",
                "precision | half | precision must be one of auto, float32, bf16, but is half",
                "precision | bf1 | precision must be one of auto, float32, bf16, but is bf1; did you mean bf16?",
                "run_name | '' | run_name must be a text, but is ",
            })
    void wrongSettingsAreExplained(String key, String value, String message) {
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> RunConfig.defaults().with(key, value));
        assertEquals(message.strip(), e.getMessage().strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[1] | a configuration must be a JSON object, but is [1]",
                "~~ | a configuration must be a JSON object, but is empty",
                "{\"lr\": 0.1} 2 | a configuration must be a JSON object, but is not JSON: malformed JSON at line 1 column 14 path $",
                "{\"lr\" 3} | a configuration must be a JSON object, but is not JSON: Expected ':' at line 1 column 8 path $.lr",
                "{\"lrr\": 3} | unknown setting lrr; did you mean lr?",
                "{\"lr\": null} | lr must be a number, but is not set",
                "{\"lr\": {}} | lr must be a number, but is {}",
                "{\"schedule\": 3} | schedule must be a text, but is 3",
                "{\"extends\": \"afhk\"} | unknown preset afhk; did you mean afhq?",
            })
    void wrongJsonIsExplained(String json, String message) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> RunConfig.fromJson(json));
        assertEquals(message, e.getMessage());
    }

    @Test
    void filesAreNamedInTheMessage(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("mine.json");
        assertEquals(
                "there is no configuration file " + file,
                assertThrows(IllegalArgumentException.class, () -> RunConfig.read(file))
                        .getMessage());
        Files.writeString(file, "{\"epochs\": 0}");
        assertEquals(
                file + ": epochs must be at least 1, but is 0",
                assertThrows(IllegalArgumentException.class, () -> RunConfig.read(file))
                        .getMessage());
        Files.writeString(file, "{\"extends\": \"emoji-cpu\", \"epochs\": 3}");
        assertEquals(RunConfig.preset("emoji-cpu").with("epochs", 3), RunConfig.read(file));
    }

    @Test
    void settingsOfEnergiesMustFit() {
        assertEquals(
                "objective must be contrastive for the model energy, and only for this, but they are ddpm and energy",
                message(Map.of("model", "energy")));
        assertEquals(
                "objective must be contrastive for the model energy, and only for this, but they are contrastive and unet",
                message(Map.of("objective", "contrastive")));
        assertEquals(
                "buffer_size must be at least batch_size, but they are 10 and 64",
                message(Map.of("model", "energy", "objective", "contrastive", "buffer_size", 10)));
    }

    private static String message(Map<String, Object> changes) {
        RunConfig defaults = RunConfig.defaults();
        return assertThrows(IllegalArgumentException.class, () -> defaults.with(changes))
                .getMessage();
    }
}
