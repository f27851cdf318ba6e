package org.scorebook.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingRulesTest {
    private static RunConfig config(String settings) {
        return RunConfig.fromJson("{" + settings + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'sample_steps': 2000, 'sampler': 'ddpm' | sample_steps must be at most the 1000 timesteps, which are all that the"
                        + " sampler ddpm can take, but is 2000",
                "'sampler': 'langevin' | sampler must be ddpm, ddim, heun or dpm-solver for a network that was trained on time"
                        + " steps, but is langevin",
                "'sampler': 'heun', 'objective': 'levels' | sampler must be langevin for a network that was trained on noise levels,"
                        + " but is heun",
                "'sampler': 'ddpm', 'objective': 'contrastive', 'model': 'energy' | sampler must be langevin for an energy, but is ddpm",
                "'conditional': true, 'p_uncond': 0 | guidance_scale must be 1 where p_uncond is 0, for such a network never learns to"
                        + " predict without a class, but is 3.0; p_uncond 0.1 allows any",
                "'conditional': true, 'p_uncond': 0, 'guidance_scale': 0 | guidance_scale must be 1 where p_uncond is 0, for such a"
                        + " network never learns to predict without a class, but is 0.0; p_uncond 0.1 allows any",
                "'conditional': true, 'p_uncond': 1, 'guidance_scale': 1 | guidance_scale must be 0 where p_uncond is 1, for such a"
                        + " network never learns to predict for a class, but is 1.0; p_uncond 0.1 allows any",
                "'image_size': 30, 'multipliers': [1, 2, 4] | image_size must be divisible by 4 for the model unet with 3"
                        + " multipliers, but the images are 30 x 30; the nearest that will do are 28 and 32, or take fewer multipliers",
                "'image_size': 3, 'model': 'simple-unet' | image_size must be divisible by 4 for the model simple-unet, but the"
                        + " images are 3 x 3; the nearest that will do is 4",
            })
    void whatWouldFailLaterIsRefused(String settings, String message) {
        RunConfig config = config(settings.replace('\'', '"'));
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, config::requireTrainable)
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'objective': 'levels'",
                "'objective': 'contrastive', 'model': 'energy', 'sample_steps': 2000",
                "'sample_steps': 1000",
                "'sample_steps': 2000, 'sampler': 'langevin', 'sample_interval': 0",
                "'conditional': true, 'p_uncond': 0, 'guidance_scale': 1",
                "'conditional': true, 'p_uncond': 1, 'guidance_scale': 0",
                "'conditional': false, 'p_uncond': 0",
                "'conditional': true, 'p_uncond': 0, 'objective': 'contrastive', 'model': 'energy'",
                "'image_size': 30, 'multipliers': [1, 2]",
                "'image_size': 31, 'model': 'ncsn-mlp', 'objective': 'levels'",
            })
    void whatCanWorkIsNotRefused(String settings) {
        assertDoesNotThrow(config(settings.replace('\'', '"'))::requireTrainable);
    }

    static Set<String> presets() {
        return RunConfig.presets().keySet();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void presetsCanBeTrained(String name) {
        assertDoesNotThrow(RunConfig.preset(name)::requireTrainable);
    }
}
