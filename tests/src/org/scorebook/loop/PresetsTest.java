package org.scorebook.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.scorebook.aten.Torch;
import org.scorebook.config.RunConfig;
import org.scorebook.data.Batch;
import org.scorebook.data.ImageSet;
import org.scorebook.model.Network;

/** Each preset's network trains, on images of its shape: two steps of a few images, twice, in memory full of NaN if there is. */
class PresetsTest {
    private static final List<String> PRESETS = List.copyOf(RunConfig.presets().keySet());
    private static final int IMAGES = 3;

    @ParameterizedTest
    @FieldSource("PRESETS")
    void trainsAndRepeats(String preset) {
        RunConfig config = RunConfig.preset(preset)
                .with("threads", 1)
                .with("buffer_size", 64)
                .with("chain_steps", 2);
        List<float[]> first = train(config);
        List<float[]> second = train(config);
        for (int i = 0; i < first.size(); i++) {
            assertTrue(Arrays.equals(first.get(i), second.get(i)), "array " + i + " differs");
        }
    }

    private static List<float[]> train(RunConfig config) {
        ImageSet set = images(config);
        try (NDManager manager = Torch.manager(1);
                RunTrainer trainer = new RunTrainer(config, set, manager)) {
            disturb(trainer.network(), manager);
            List<float[]> before = numbers(trainer.network());
            for (int step = 1; step <= 2; step++) {
                double loss = trainer.step(arrays -> batch(set, arrays), 1e-3);
                assertTrue(Double.isFinite(loss), trainer.diagnosis());
                assertTrue(trainer.figures().get("gradient_norm").doubleValue() > 0);
            }
            assertEquals(2, trainer.state().step());
            List<float[]> after = numbers(trainer.network());
            for (int i = 0; i < after.size(); i++) {
                String name = trainer.network().parameterNames().get(i);
                assertFalse(Arrays.equals(before.get(i), after.get(i)), name + " has not moved");
            }
            after.addAll(numbers(trainer.average()));
            return after;
        }
    }

    /** In a new network many parameters are zero, and so are the gradients of others. */
    private static void disturb(Network network, NDManager manager) {
        network.parameters()
                .forEach(p -> Torch.copy(
                        p.stopGradient().add(manager.randomNormal(0, 0.05f, p.getShape(), p.getDataType())), p));
    }

    private static Batch batch(ImageSet set, NDManager arrays) {
        return set.batch(arrays, IntStream.range(0, IMAGES).toArray());
    }

    private static List<float[]> numbers(Network network) {
        return network.parameters().stream()
                .map(p -> p.toFloatArray())
                .peek(numbers ->
                        assertTrue(IntStream.range(0, numbers.length).allMatch(i -> Float.isFinite(numbers[i]))))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Noise: what is tried is the arithmetic. */
    private static ImageSet images(RunConfig config) {
        boolean grey = config.data().endsWith("mnist");
        int side = grey ? 28 : 32;
        byte[] pixels = new byte[IMAGES * (grey ? 1 : 3) * side * side];
        new Random(1).nextBytes(pixels);
        List<String> classes =
                IntStream.range(0, 10).mapToObj(i -> "class " + i).toList();
        return new ImageSet("noise", pixels, grey ? 1 : 3, side, side, new int[] {0, 3, 9}, classes);
    }
}
