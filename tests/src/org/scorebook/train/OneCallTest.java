package org.scorebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.aten.Torch;
import org.scorebook.model.Activation;
import org.scorebook.model.Mlp;
import org.scorebook.model.NeuralField;
import org.scorebook.model.TimeNet;
import org.scorebook.model.UNet;
import org.scorebook.model.UNetShape;
import org.scorebook.optim.AdamW;
import org.scorebook.process.DiscreteSchedule;
import org.scorebook.process.LinearBetas;
import org.scorebook.process.VpSchedule;
import org.scorebook.score.ConditionalField;
import org.scorebook.score.Noise;
import org.scorebook.score.Parameterization;
import org.scorebook.score.VectorField;

/** Steps in one native call leave the same numbers behind as steps operation by operation, up to the order in which gradients add up. */
class OneCallTest {
    private static final Objective<VectorField> DDPM = DenoisingScoreMatching.ddpm(
            new DiscreteSchedule(new LinearBetas(1000, 1e-4, 0.02)), Parameterization.NOISE);

    @Seeded(1)
    private NDManager manager;

    /** What a training leaves behind. */
    private record Trained(double[] losses, List<float[]> parameters, String obstacle) {}

    private Trained train(Supplier<Block> block, Shape point, Objective<VectorField> objective, boolean stepwise) {
        Torch.manager(3).close();
        try (NeuralField field = new NeuralField(block.get(), manager, point)) {
            NDArray points = manager.randomNormal(new Shape(20).addAll(point));
            try (Trainer trainer = new Trainer(field, objective, Batches.from(points), 8, 1)) {
                if (!stepwise) {
                    trainer.inOneCall();
                }
                double[] losses = trainer.run(4);
                List<float[]> parameters = new ArrayList<>();
                field.parameters().forEach(p -> parameters.add(p.toFloatArray()));
                return new Trained(losses, parameters, trainer.obstacle());
            }
        }
    }

    /** @return what stood in the way of one call, if anything */
    private String check(Supplier<Block> block, Shape point, Objective<VectorField> objective) {
        Trained stepwise = train(block, point, objective, true);
        Trained whole = train(block, point, objective, false);
        assertArrayEquals(stepwise.losses, whole.losses, 1e-6);
        for (int i = 0; i < whole.parameters.size(); i++) {
            assertArrayEquals(stepwise.parameters.get(i), whole.parameters.get(i), 1e-6f);
        }
        assertFalse(stepwise.obstacle.isEmpty());
        return whole.obstacle;
    }

    @Test
    void networks() {
        assertEquals("", check(() -> new TimeNet(2, 16, 16), new Shape(2), DDPM));
        assertEquals("", check(() -> Mlp.ofPoints(Activation.TANH, 2, 16), new Shape(2), DDPM));
        UNetShape shape = UNetShape.of(1, 8, 16, 1, 2).withDropout(0.3);
        assertEquals("", check(() -> new UNet(shape), new Shape(1, 8, 8), DDPM));
    }

    @Test
    void objectives() {
        Supplier<Block> block = () -> Mlp.ofPointsAndTime(Activation.SILU, 2, 16);
        for (Objective<VectorField> objective : List.of(
                DenoisingScoreMatching.levels(0.1, 1),
                DenoisingScoreMatching.flow(),
                DenoisingScoreMatching.continuous(new VpSchedule(), 0.1))) {
            assertEquals("", check(block, new Shape(2), objective));
        }
        check(block, new Shape(2), new ImplicitScoreMatching());
        check(block, new Shape(2), new SlicedScoreMatching());
    }

    /** Noise and dropout of a batch are drawn before those of the next. */
    @Test
    void severalBatchesOfAStep() {
        NDArray points = manager.randomNormal(new Shape(2, 4, 1, 8, 8));
        List<List<float[]>> parameters = new ArrayList<>();
        for (boolean stepwise : new boolean[] {true, false}) {
            Torch.manager(3).close();
            Block block = new UNet(UNetShape.of(1, 8, 16, 1, 2).withDropout(0.3));
            NeuralField field = new NeuralField(block, manager, new Shape(1, 8, 8));
            ConditionalField model = field.training();
            AdamW optimizer = new AdamW(manager, field.parameters(), 0, Double.POSITIVE_INFINITY);
            RandomGenerator random = new SplittableRandom(1);
            List<Objective.Begun<VectorField>> parts = IntStream.range(0, 2)
                    .mapToObj(i -> DDPM.begin(model, points.get(i), Noise.engine(), random))
                    .toList();
            if (stepwise) {
                parts.forEach(part -> part.term(array -> array).backward(model, 0.5));
                optimizer.step(0.01);
            } else {
                List<OneCall.Deferred> losses = parts.stream()
                        .map(part ->
                                (OneCall.Deferred) known -> part.term(known).of(model))
                        .toList();
                assertTrue(new OneCall(field, optimizer)
                        .step(manager, losses, 0.01)
                        .isPresent());
            }
            parameters.add(
                    field.parameters().stream().map(NDArray::toFloatArray).toList());
        }
        for (int i = 0; i < parameters.get(0).size(); i++) {
            assertArrayEquals(parameters.get(0).get(i), parameters.get(1).get(i), 1e-6f);
        }
    }

    /** A part of the loss that the trace would take for a constant. */
    @Test
    void lossesOfTheParametersThemselves() {
        NeuralField[] field = new NeuralField[1];
        Objective<VectorField> decayed = (model, data, noise, random) -> {
            LossTerm<VectorField> term = DDPM.prepare(model, data, noise, random);
            return f -> term.of(f).add(field[0].parameters().get(0).square().sum());
        };
        List<float[]> weights = new ArrayList<>();
        for (boolean stepwise : new boolean[] {true, false}) {
            Torch.manager(3).close();
            field[0] = new NeuralField(new TimeNet(2, 8), manager, new Shape(2));
            try (Trainer trainer = new Trainer(field[0], decayed, Batches.from(manager.ones(new Shape(4, 2))), 4, 1)) {
                (stepwise ? trainer : trainer.inOneCall()).run(3);
                assertFalse(trainer.obstacle().isEmpty());
            }
            weights.add(field[0].parameters().get(0).toFloatArray());
        }
        assertArrayEquals(weights.get(0), weights.get(1));
    }

    /** Layers of DJL are written down too, as long as they only map arrays to arrays. */
    @Test
    void blocksOfDjl() {
        assertEquals("", check(() -> layers(x -> x.tanh()), new Shape(2), DDPM));
        String obstacle = check(() -> layers(x -> x.getFloat(0, 0) > 9 ? x : x.tanh()), new Shape(2), DDPM);
        assertFalse(obstacle.isEmpty());
    }

    /** A block of Java that is not the same each time is written down each time. */
    @Test
    void blocksWithState() {
        Supplier<Block> block = () -> {
            int[] calls = new int[1];
            return layers(x -> calls[0]++ % 2 == 0 ? x.tanh() : x.sin());
        };
        assertEquals("", check(block, new Shape(2), DDPM));
    }

    private static Block layers(UnaryOperator<NDArray> activation) {
        return new SequentialBlock()
                .add(new LambdaBlock(inputs -> new NDList(inputs.get(0))))
                .add(Linear.builder().setUnits(8).build())
                .add(new LambdaBlock(inputs -> new NDList(activation.apply(inputs.get(0)))))
                .add(Linear.builder().setUnits(2).build());
    }
}
