package org.scorebook.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scorebook.Seeded;
import org.scorebook.aten.Torch;
import org.scorebook.optim.AdamW;
import org.scorebook.score.Guided;
import org.scorebook.score.VectorField;

class UNetTest {
    @Seeded(3)
    private NDManager manager;

    @Test
    void simpleUNetHasSevenMillionParameters() {
        NeuralField field = new NeuralField(new SimpleUNet(3), manager, new Shape(3, 32, 32));
        assertEquals(7_719_747, field.size());
        assertEquals(
                List.of("time_embed.1.weight", "time_embed.1.bias", "time_embed.3.weight", "time_embed.3.bias"),
                List.copyOf(field.state().keySet()).subList(0, 4));
        assertEquals(
                new Shape(256, 256, 4, 4), field.state().get("upsample1.weight").getShape());
        assertFalse(field.state().containsKey("mid1.residual_conv.weight"));
        assertEquals(
                new Shape(128, 64, 1, 1),
                field.state().get("down1.residual_conv.weight").getShape());
    }

    static Stream<Block> networks() {
        return Stream.of(
                new SimpleUNet(1),
                new UNet(UNetShape.of(1, 8, 8, 1, 2)),
                new UNet(UNetShape.of(1, 8, 8, 1, 2).withAttention(8).withFilm().withBlocks(1)),
                new UNet(UNetShape.of(1, 8, 8, 2, 1, 2).withClasses(4)),
                NoiseConditional.unet(UNetShape.of(1, 8, 8, 1, 2)),
                NoiseConditional.mlp(1, 8, 32, 32));
    }

    /** One time for all rows is the same as that time for each row, and another time is another answer. */
    @ParameterizedTest
    @MethodSource("networks")
    void answersDependOnTheTime(Block block) {
        NeuralField field = shaken(block);
        NDArray x = manager.randomNormal(new Shape(3, 1, 8, 8));
        float[] one = field.at(x, times(7)).toFloatArray();
        assertEquals(new Shape(3, 1, 8, 8), field.at(x, times(7)).getShape());
        assertArrayEquals(one, field.at(x, times(7, 7, 7)).toFloatArray(), 1e-5f);
        assertFalse(Arrays.equals(one, field.at(x, times(300)).toFloatArray()));
    }

    /** The gradient by all parameters, along a random direction, against finite differences. */
    @ParameterizedTest
    @MethodSource("networks")
    void gradientsAreRight(Block block) {
        NeuralField field = shaken(block);
        NDArray x = manager.randomNormal(new Shape(2, 1, 8, 8));
        NDArray t = times(0.5f, 2);
        CentralDifferences.assertSlope(
                field.parameters(), () -> field.at(x, t).square().mean(), 1e-2, 1e-2);
    }

    /** Eight images, learned by heart from noise at fixed times. */
    @Test
    void overfitsOneBatch() {
        NeuralField field =
                new NeuralField(new UNet(UNetShape.of(1, 8, 16, 1, 2).withBlocks(1)), manager, new Shape(1, 8, 8));
        AdamW optimizer = new AdamW(manager, field.parameters(), 0, 1);
        NDArray noise = manager.randomNormal(new Shape(8, 1, 8, 8));
        NDArray x = manager.randomUniform(-1, 1, new Shape(8, 1, 8, 8)).add(noise.mul(0.7));
        NDArray t = times(1, 50, 100, 200, 300, 500, 700, 900);
        double loss = 1;
        for (int i = 0; i < 600 && loss >= 0.01; i++) {
            try (NDManager arrays = manager.newSubManager();
                    GradientCollector collector = manager.getEngine().newGradientCollector()) {
                NDArray scalar = field.at(x, t).sub(noise).square().mean();
                scalar.attach(arrays);
                collector.backward(scalar);
                loss = scalar.getFloat();
            }
            optimizer.step(3e-3);
        }
        assertTrue(loss < 0.01, "loss " + loss);
    }

    @Test
    void labelsChangeTheAnswer() {
        NeuralField field = shaken(new UNet(UNetShape.of(1, 8, 8, 1, 2).withClasses(4)));
        NDArray x = manager.randomNormal(new Shape(2, 1, 8, 8));
        NDArray t = times(20);
        float[] two = field.at(x, t, labels(2)).toFloatArray();
        assertArrayEquals(two, field.at(x, t, labels(2, 2)).toFloatArray(), 1e-5f);
        assertFalse(Arrays.equals(two, field.at(x, t, labels(3)).toFloatArray()));
        assertArrayEquals(
                field.at(x, t).toFloatArray(), field.at(x, t, labels(4)).toFloatArray());
    }

    /** {@code eps_u + w (eps_c - eps_u)}: nothing of the class at 0, the class at 1, beyond it at 3; labels stay with their rows. */
    @Test
    void guidance() {
        NeuralField field = shaken(new UNet(UNetShape.of(1, 8, 8, 1, 2).withClasses(4)));
        NDArray x = manager.randomNormal(new Shape(2, 1, 8, 8));
        NDArray t = times(20);
        NDArray given = field.at(x, t, labels(1, 3));
        NDArray none = field.at(x, t);
        assertArrayEquals(none.toFloatArray(), guided(field, 0, x, t), 1e-5f);
        assertArrayEquals(given.toFloatArray(), guided(field, 1, x, t), 1e-5f);
        assertArrayEquals(none.add(given.sub(none).mul(3)).toFloatArray(), guided(field, 3, x, t), 1e-4f);
        assertEquals("scale must be 0 or more and finite, but is -1.0", message(() -> guided(field, -1, x, t)));
    }

    private float[] guided(NeuralField field, double scale, NDArray x, NDArray t) {
        return new Guided(field, labels(1, 3), scale).at(x, t).toFloatArray();
    }

    @Test
    void dropoutIsForTrainingOnly() {
        NeuralField field = shaken(new UNet(UNetShape.of(1, 8, 8, 1, 2).withDropout(0.5)));
        NDArray x = manager.randomNormal(new Shape(1, 1, 8, 8));
        assertArrayEquals(
                field.at(x, times(9)).toFloatArray(), field.at(x, times(9)).toFloatArray());
        assertFalse(Arrays.equals(
                field.training().at(x, times(9)).toFloatArray(),
                field.training().at(x, times(9)).toFloatArray()));
    }

    /** The parts have all parameters, and the skips of the way down meet images of their own size on the way up. */
    @Test
    void partsAreTheWholeNetwork() {
        UNet block = new UNet(UNetShape.of(3, 32, 16, 1, 2, 4).withClasses(4));
        NeuralField field = new NeuralField(block, manager, new Shape(3, 32, 32));
        List<UNet.Part> parts = block.parts();
        assertEquals(
                field.size(), parts.stream().mapToLong(UNet.Part::parameters).sum());
        assertEquals(new Shape(64), parts.get(0).output());
        assertTrue(parts.contains(new UNet.Part("start", "convolution", new Shape(16, 32, 32), 9 * 3 * 16 + 16, "")));
        assertTrue(parts.stream()
                .anyMatch(p -> p.name().equals("middle.0") && p.output().equals(new Shape(64, 8, 8))));
        assertEquals(new Shape(3, 32, 32), parts.get(parts.size() - 1).output());
    }

    @Test
    void weightsAreCopiedByName() {
        UNetShape shape = UNetShape.of(1, 8, 8, 1, 2);
        NeuralField from = shaken(new UNet(shape));
        NeuralField to = shaken(new UNet(shape));
        NDArray x = manager.randomNormal(new Shape(1, 1, 8, 8));
        to.load(from.state());
        assertArrayEquals(
                from.at(x, times(9)).toFloatArray(), to.at(x, times(9)).toFloatArray());
        String message = message(() -> to.load(Map.of("odd", x)));
        assertEquals(
                "values must have the network's 154 parameters, but lack doublings.0.conv.bias and 153 more and have"
                        + " besides odd",
                message);
    }

    @Test
    void wrongShapesAreNamed() {
        assertEquals(
                "side must be divisible by 4 for 3 levels, but is 30", message(() -> UNetShape.of(1, 30, 32, 1, 2, 2)));
        assertEquals(
                "groups must divide the 12 channels of each layer, but is 8",
                message(() -> new UNet(UNetShape.of(1, 28, 12, 1, 2))));
        assertEquals("channels must be at least 1, but is 0", message(() -> new SimpleUNet(0)));
        assertEquals(
                "base must be even, for as many sines as cosines of the time, but is 9",
                message(() -> UNetShape.of(1, 28, 9, 1, 2)));
        NeuralField field = new NeuralField(new SimpleUNet(1), manager, new Shape(1, 30, 30));
        NDArray x = manager.zeros(new Shape(1, 1, 30, 30));
        assertEquals(
                "x must have shape (B, C, H, W) with H and W divisible by 4, because the network halves them, but has"
                        + " (1, 1, 30, 30)",
                message(() -> field.at(x, times(1))));
        NDArray labels = labels(0);
        assertEquals(
                "labels must not be given to a network without classes", message(() -> field.at(x, times(1), labels)));
    }

    /** Indexing would take -1 for the last class and 1.7 for 1, in silence. */
    @Test
    void labelsAreClasses() {
        NeuralField field =
                shaken(new UNet(UNetShape.of(1, 8, 8, 1, 2).withBlocks(1).withClasses(3)));
        NDArray x = manager.randomNormal(new Shape(2, 1, 8, 8));
        String range = "labels must be from 0 to 2, or 3 for no class, but are from ";
        for (NDArray bad : List.of(labels(0, -2), labels(-1, 0), labels(4, 0))) {
            String message = message(() -> field.at(x, times(5), bad));
            assertEquals(range + bad.min().getLong() + " to " + bad.max().getLong(), message);
            assertEquals(message, message(() -> field.given(bad)));
            assertEquals(message, message(() -> field.training().given(bad)));
            assertEquals(message, message(() -> new Guided(field, bad, 2)));
        }
        String type = "labels must be int64, but are float32: create them from a long[], or convert whole numbers with"
                + " toType(DataType.INT64, false)";
        NDArray between = times(1.7f);
        assertEquals(type, message(() -> field.at(x, times(5), between)));
        assertEquals(type, message(() -> new Guided(field, between, 2)));
        NDArray ints = manager.create(new int[] {2, 3});
        assertArrayEquals(
                field.at(x, times(5), labels(2, 3)).toFloatArray(),
                field.at(x, times(5), ints).toFloatArray());
        Guided guided = new Guided(field, labels(0, 1, 2), 2);
        assertEquals("labels must have shape (1) or (2), but have (3)", message(() -> guided.at(x, times(5))));
    }

    /** Where no one could be asked, on a GPU, a number that is no class gives no class's values. */
    @Test
    void whatIsNoClassIsNotFinite() {
        ClassEmbedding embedding = new ClassEmbedding(3, 4);
        embedding.initialize(manager, DataType.FLOAT32, new Shape(1));
        NDArray rows = embedding.apply(new Layer.Pass(new ParameterStore(manager, false), false), labels(0, 3, -1, 4));
        assertTrue(Torch.isFinite(rows.get("0:2")));
        assertFalse(Torch.isFinite(rows.get("2:3")));
        assertFalse(Torch.isFinite(rows.get("3:4")));
    }

    /** Neither with the labels nor with the network, which both may live longer than an evaluation. */
    @Test
    void nothingStaysBehindWithLabels() {
        NeuralField field =
                shaken(new UNet(UNetShape.of(1, 8, 8, 1, 2).withBlocks(1).withClasses(3)));
        NDManager ofNetwork = field.parameters().get(0).getManager();
        NDArray labels = labels(0, 3);
        NDArray ints = manager.create(new int[] {1, 2});
        List<VectorField> fields = List.of(
                field.given(labels), field.given(ints), new Guided(field, labels, 2), new Guided(field, ints, 1));
        int arrays = manager.getManagedArrays().size();
        int parameters = ofNetwork.getManagedArrays().size();
        for (VectorField each : fields) {
            try (NDManager own = manager.newSubManager()) {
                each.at(own.randomNormal(new Shape(2, 1, 8, 8)), own.create(new float[] {5}));
            }
        }
        assertEquals(arrays, manager.getManagedArrays().size());
        assertEquals(parameters, ofNetwork.getManagedArrays().size());
    }

    @Test
    void theTypeIsTheParameters() {
        NeuralField field = shaken(new UNet(UNetShape.of(1, 8, 8, 1).withBlocks(1)));
        NDArray wide = manager.zeros(new Shape(2, 1, 8, 8), DataType.FLOAT64);
        NDArray x = manager.zeros(new Shape(2, 1, 8, 8));
        assertEquals(
                "x must be float32, as the network's parameters are, but is float64: x.toType(DataType.FLOAT32, false)"
                        + " converts it",
                message(() -> field.at(wide, times(5))));
        assertEquals(
                "t must be float32, as the network's parameters are, but is float64: t.toType(DataType.FLOAT32, false)"
                        + " converts it",
                message(() -> field.at(x, manager.create(new double[] {5}))));
        assertArrayEquals(
                field.at(x, times(5)).toFloatArray(),
                field.at(x, manager.create(new long[] {5})).toFloatArray());
        NeuralField energy = new NeuralField(new EnergyMlp(Activation.SILU, 2, 4), manager, new Shape(2));
        assertEquals(
                "the network's output must have the shape of the points, (3, 2), but has (3, 1)",
                message(() -> energy.at(manager.zeros(new Shape(3, 2)), times(5))));
    }

    /** A field with random numbers also where networks start with zeros, so that all of it takes part. */
    private NeuralField shaken(Block block) {
        NeuralField field = new NeuralField(block, manager, new Shape(1, 8, 8));
        field.parameters().forEach(p -> p.stopGradient()
                .addi(manager.randomNormal(p.getShape()).mul(0.05)));
        return field;
    }

    private NDArray times(float... t) {
        return manager.create(t);
    }

    private NDArray labels(long... labels) {
        return manager.create(labels);
    }
}
