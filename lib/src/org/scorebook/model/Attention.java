package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.scorebook.aten.Functional;

/**
 * Self-attention over the pixels of an image, added to it: every pixel looks at every other, whatever their distance. The
 * queries, keys and values are 1x1 convolutions of the normalized image; each head takes its share of their channels.
 *
 * <p>Source: Ho, Jain, Abbeel (2020), appendix B; Vaswani et al. (2017), section 3.2.
 */
final class Attention extends Layer {
    private final int channels;
    private final int heads;
    private final GroupNorm norm;
    private final Conv qkv;
    private final Conv proj;

    Attention(int channels, int heads, int groups) {
        this(channels, heads, groups, Conv.pixelwise(channels, channels));
    }

    /** @param proj the last layer, of as many outputs as inputs */
    Attention(int channels, int heads, int groups, Conv proj) {
        if (heads < 1 || channels % heads != 0) {
            throw new IllegalArgumentException(
                    "heads must divide the " + channels + " channels of an attention layer, but is " + heads);
        }
        this.channels = channels;
        this.heads = heads;
        norm = addChildBlock("norm", new GroupNorm(groups, channels));
        qkv = addChildBlock("qkv", Conv.pixelwise(channels, 3 * channels));
        this.proj = addChildBlock("proj", proj);
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        NDArray x = inputs[0];
        NDList parts = qkv.apply(pass, norm.apply(pass, x)).split(3, 1);
        NDArray mixed =
                Functional.scaledDotProductAttention(pixels(parts.get(0)), pixels(parts.get(1)), pixels(parts.get(2)));
        return x.add(proj.apply(pass, mixed.transpose(0, 1, 3, 2).reshape(x.getShape())));
    }

    /** (B, C, H, W) as (B, heads, H W, C / heads). */
    private NDArray pixels(NDArray x) {
        Shape s = x.getShape();
        return x.reshape(s.get(0), heads, channels / heads, s.get(2) * s.get(3)).transpose(0, 1, 3, 2);
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return inputs[0];
    }
}
