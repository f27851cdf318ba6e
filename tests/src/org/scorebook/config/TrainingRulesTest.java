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
                "'data': 'folder', 'data_dir': 'd', 'image_size': 30, 'multipliers': [1, 2, 4] | image_size must be divisible by 4 for the model unet with 3"
                        + " multipliers, but the images are 30 x 30; the nearest that will do are 28 and 32, or take fewer multipliers",
                "'data': 'folder', 'data_dir': 'd', 'image_size': 3, 'model': 'simple-unet' | image_size must be divisible by 4 for the model simple-unet, but the"
                        + " images are 3 x 3; the nearest that will do is 4",
                "'base_channels': 9, 'groups': 3 | base must be even, for as many sines as cosines of the time, but is 9",
                "'base_channels': 8, 'heads': 5 | heads must divide the 16 channels of an attention layer, but is 5",
                "'image_size': 32 | image_size must be 0 for the data fashion-mnist, whose images have a size of their own, but is"
                        + " 32; it is for data folder",
                "'data': 'emoji', 'max_per_class': 9 | max_per_class must be 0 for the data emoji, which is trained on as a whole,"
                        + " but is 9; it is for data folder",
                "'data': 'emoji', 'data_dir': 'faces' | data_dir must not be set for the data emoji, which is built in, but is"
                        + " faces; data folder reads pictures from there",
                "'lr': 1e30 | lr must be at most 1, by which a step moves each parameter, but is 1.0E30; usual are 0.0001 to 0.01",
                "'lr': 0.01, 'weight_decay': 1000 | lr times weight_decay must be at most 1, the share of each parameter that a step"
                        + " takes away, but is 0.01 times 1000.0",
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
                "'data': 'folder', 'data_dir': 'd', 'max_per_class': 7, 'image_size': 30, 'multipliers': [1, 2]",
                "'data': 'folder', 'data_dir': 'd', 'image_size': 31, 'model': 'ncsn-mlp', 'objective': 'levels'",
                "'data': 'mnist', 'data_dir': 'd'",
                "'data': 'mnist', 'data_dir': 'd', 'multipliers': [1, 1, 1, 1, 1, 1, 1]",
                "'lr': 1, 'weight_decay': 1",
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
