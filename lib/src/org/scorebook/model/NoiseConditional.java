package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.scorebook.process.Require;

/**
 * A noise-conditional score network for images (B, C, H, W) with noise of the standard deviation sigma, which takes the place
 * of the time:
 *
 * <pre>s(x, sigma) = f(x / sqrt(sigma^2 + 1/4), 100 (ln sigma + 5)) / sigma</pre>
 *
 * The first division keeps what the inner network sees at the scale of 1, the second what it gives: the score of noisy data
 * is of the order of 1 / sigma. Its second argument covers sigma from 0.01 to 100 with about the range of DDPM's steps.
 *
 * <p>Source: Song and Ermon, Improved Techniques for Training Score-Based Generative Models (2020), technique 3; the scaling
 * of the input: Karras et al. (2022), table 1, with data of standard deviation 1/2.
 */
public final class NoiseConditional extends Layer {
    private static final double DATA_VARIANCE = 0.25;

    private final Layer network;

    private NoiseConditional(Layer network) {
        this.network = addChildBlock("network", network);
    }

    /** Linear layers over all pixels. */
    public static NoiseConditional mlp(int channels, int side, int... hidden) {
        Require.atLeast("channels", channels, 1);
        Require.atLeast("side", side, 1);
        return new NoiseConditional(new Flattened(new TimeNet(channels * side * side, hidden)));
    }

    /** A U-Net; without classes. */
    public static NoiseConditional unet(UNetShape shape) {
        if (shape.classes() > 0) {
            throw new IllegalArgumentException(
                    "shape must have no classes for a noise-conditional network, but has " + shape.classes());
        }
        return new NoiseConditional(new UNet(shape));
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        NDArray sigma = inputs[1].reshape(-1, 1, 1, 1);
        NDArray scaled = inputs[0].div(sigma.square().add(DATA_VARIANCE).sqrt());
        NDArray time = inputs[1].log().add(5).mul(100); // not tracked: the noise level is not learned
        return network.compute(pass, scaled, time).div(sigma);
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return inputs[0];
    }
}
