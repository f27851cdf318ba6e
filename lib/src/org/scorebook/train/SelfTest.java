package org.scorebook.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.scorebook.aten.Torch;
import org.scorebook.model.NeuralField;
import org.scorebook.model.UNet;
import org.scorebook.model.UNetShape;
import org.scorebook.optim.AdamW;
import org.scorebook.process.DiscreteSchedule;
import org.scorebook.process.LinearBetas;
import org.scorebook.score.Noise;
import org.scorebook.score.Parameterization;
import org.scorebook.score.VectorField;

/**
 * Whether a device trains as it should, tried on a small U-Net. The engine's random numbers start anew.
 *
 * @param device to be tried
 */
public record SelfTest(Device device) {
    private static final Shape IMAGE = new Shape(1, 16, 16);
    private static final int BATCH = 8;
    private static final float STEP = 5e-3f;

    /**
     * How far the gradient of the loss is from what the loss itself does. Along the gradient g, by a small h,
     *
     * <pre>(L(p + h g / |g|) - L(p - h g / |g|)) / (2 h) = |g|</pre>
     *
     * but for terms of the order of h^2 and for rounding.
     *
     * @return the difference of both sides, relative to the right one; below 0.02 where all is well
     */
    public double gradientError() {
        try (NDManager manager = Torch.manager(1, device);
                NeuralField field = field(manager)) {
            NDArray images = manager.randomNormal(new Shape(BATCH).addAll(IMAGE));
            LossTerm<NeuralField> term = network -> loss(network, images);
            double loss = term.backward(field, 1);
            if (!Double.isFinite(loss)) {
                return Double.NaN;
            }
            List<NDArray> gradients =
                    field.parameters().stream().map(NDArray::getGradient).toList();
            double norm = Math.sqrt(gradients.stream()
                    .mapToDouble(g -> g.square().sum().getFloat())
                    .sum());
            double above = movedLoss(field, gradients, STEP / norm, images);
            double below = movedLoss(field, gradients, -2 * STEP / norm, images);
            return Math.abs((above - below) / (2 * STEP) - norm) / norm;
        }
    }

    private static double movedLoss(NeuralField field, List<NDArray> gradients, double factor, NDArray images) {
        List<NDArray> parameters = field.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            NDArray to = parameters.get(i).stopGradient().add(gradients.get(i).mul((float) factor));
            Torch.copy(to, parameters.get(i));
        }
        return Torch.untracked(() -> loss(field, images)).getFloat();
    }

    private static NDArray loss(NeuralField field, NDArray images) {
        NDArray times = images.getManager().full(new Shape(1), 20);
        return field.at(images, times).sub(images).square().mean();
    }

    /** As new networks give zero, whatever is inside them, every number is moved. */
    private static NeuralField field(NDManager manager) {
        NeuralField field = new NeuralField(
                new UNet(UNetShape.of(1, 16, 16, 1, 2).withBlocks(1).withFilm()), manager, IMAGE);
        for (NDArray p : field.parameters()) {
            NDArray start = p.stopGradient();
            Torch.copy(start.add(manager.randomNormal(0, 0.05f, p.getShape(), p.getDataType())), p);
        }
        return field;
    }

    /** Whether two trainings of two steps from one seed end with the same bytes. */
    public boolean repeats() {
        List<float[]> first = train();
        List<float[]> second = train();
        for (int i = 0; i < first.size(); i++) {
            if (!Arrays.equals(first.get(i), second.get(i))) {
                return false;
            }
        }
        return true;
    }

    private List<float[]> train() {
        try (NDManager manager = Torch.manager(2, device);
                NeuralField field = field(manager)) {
            AdamW optimizer = new AdamW(manager, field.parameters(), 0, 1);
            Objective<VectorField> objective = DenoisingScoreMatching.ddpm(
                    new DiscreteSchedule(new LinearBetas(100, 1e-4, 0.02)), Parameterization.NOISE);
            VectorField model = field.training();
            for (int step = 0; step < 2; step++) {
                try (NDManager arrays = manager.newSubManager()) {
                    NDArray images = arrays.randomNormal(new Shape(BATCH).addAll(IMAGE));
                    objective
                            .prepare(model, images, Noise.engine(), new SplittableRandom(step))
                            .backward(model, 1);
                    optimizer.step(1e-3);
                }
            }
            List<float[]> numbers = new ArrayList<>();
            field.parameters().forEach(p -> numbers.add(p.toFloatArray()));
            return numbers;
        }
    }
}
