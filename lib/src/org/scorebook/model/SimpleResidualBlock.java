package org.scorebook.model;

import static org.scorebook.model.Activation.RELU;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.scorebook.aten.Dropout;

/**
 * Two convolutions, each with its norm and ReLU, with the time's embedding added between them and the input added at the
 * end. Its inputs are an image (B, C, H, W) and the embedding (B, E) or (1, E).
 */
final class SimpleResidualBlock extends Layer {
    static final int GROUPS = 8;
    private static final double DROPOUT = 0.1;

    private final int outputs;
    private final Conv conv1;
    private final Conv conv2;
    private final Dense time;
    private final GroupNorm norm1;
    private final GroupNorm norm2;
    private final Layer residual;

    SimpleResidualBlock(int inputs, int outputs, int embedding) {
        this.outputs = outputs;
        conv1 = addChildBlock("conv1", Conv.same(inputs, outputs));
        conv2 = addChildBlock("conv2", Conv.same(outputs, outputs));
        time = addChildBlock("time_mlp", new Dense(embedding, outputs));
        norm1 = addChildBlock("norm1", new GroupNorm(GROUPS, outputs));
        norm2 = addChildBlock("norm2", new GroupNorm(GROUPS, outputs));
        residual = addChildBlock("residual_conv", inputs == outputs ? new Identity() : Conv.pixelwise(inputs, outputs));
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        NDArray x = inputs[0];
        NDArray embedding = time.apply(pass, RELU.of(inputs[1])).reshape(-1, outputs, 1, 1);
        NDArray h = RELU.of(norm1.apply(pass, conv1.apply(pass, x))).add(embedding);
        h = norm2.apply(pass, conv2.apply(pass, h));
        h = RELU.of(pass.training() ? Dropout.of(h, DROPOUT) : h);
        return h.add(residual.apply(pass, x));
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return conv1.outputShape(inputs[0]);
    }
}
