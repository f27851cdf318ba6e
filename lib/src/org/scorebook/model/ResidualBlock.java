package org.scorebook.model;

import static org.scorebook.model.Activation.SILU;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.scorebook.aten.Dropout;

/**
 * Norm, SiLU and convolution, twice, added to the input, which a 1x1 convolution brings to the same channels. The embedding e
 * of time and class works between the two: {@code h + W e}, or {@code (1 + W_1 e) norm(h) + W_2 e} (FiLM). Its inputs are
 * an image (B, C, H, W) and the embedding (B, E) or (1, E). The second convolution is zero at the start.
 *
 * <p>Source: Ho, Jain, Abbeel (2020), appendix B; Dhariwal and Nichol, Diffusion Models Beat GANs (2021), section 3.1.
 */
final class ResidualBlock extends Layer {
    private final boolean film;
    private final double dropout;
    private final GroupNorm norm1;
    private final Conv conv1;
    private final Dense embedding;
    private final GroupNorm norm2;
    private final Conv conv2;
    private final Layer shortcut;

    ResidualBlock(UNetShape shape, int inputs, int outputs, int embeddingUnits) {
        film = shape.film();
        dropout = shape.dropout();
        norm1 = addChildBlock("norm1", new GroupNorm(shape.groups(), inputs));
        conv1 = addChildBlock("conv1", Conv.same(inputs, outputs));
        embedding = addChildBlock("embedding", new Dense(embeddingUnits, film ? 2 * outputs : outputs));
        norm2 = addChildBlock("norm2", new GroupNorm(shape.groups(), outputs));
        conv2 = addChildBlock("conv2", Conv.zero(outputs, outputs));
        shortcut = addChildBlock("shortcut", inputs == outputs ? new Identity() : Conv.pixelwise(inputs, outputs));
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        NDArray x = inputs[0];
        NDArray h = conv1.apply(pass, SILU.of(norm1.apply(pass, x)));
        NDArray e = embedding.apply(pass, SILU.of(inputs[1])).expandDims(-1).expandDims(-1);
        h = SILU.of(conditioned(pass, h, e));
        if (dropout > 0 && pass.training()) {
            h = Dropout.of(h, dropout);
        }
        return shortcut.apply(pass, x).add(conv2.apply(pass, h));
    }

    private NDArray conditioned(Pass pass, NDArray h, NDArray e) {
        if (!film) {
            return norm2.apply(pass, h.add(e));
        }
        NDList scaleAndShift = e.split(2, 1);
        NDArray normal = norm2.apply(pass, h);
        return normal.add(normal.mul(scaleAndShift.get(0))).add(scaleAndShift.get(1));
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return conv1.outputShape(inputs[0]);
    }
}
