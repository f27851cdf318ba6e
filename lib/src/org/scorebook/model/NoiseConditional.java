package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.scorebook.base.Require;

/**
 * A noise-conditional score network for images (B, C, H, W) with noise of the standard deviation sigma, which takes the place
 * of the time:
 *
 * <pre>s(x, sigma) = -x / (sigma^2 + 1/4) + f(x / sqrt(sigma^2 + 1/4), 100 (ln sigma + 5)) / (2 sigma sqrt(sigma^2 + 1/4))</pre>
 *
 * The first term is the score of data from N(0, 1/4), so that the inner network f only has to say in what the data differs from
 * that; the factors keep what it is given, and what it is asked for, at the scale of 1 at all noise levels. Its second argument
 * covers sigma from 0.01 to 100 with about the range of DDPM's steps.
 *
 * <p>Source: Song and Ermon (2019), section 4; the factors: Karras et al. (2022), table 1, with data of standard deviation 1/2.
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
        if (Require.given("shape", shape).classes() > 0) {
            throw new IllegalArgumentException(
                    "shape must have no classes for a noise-conditional network, but has " + shape.classes());
        }
        return new NoiseConditional(new UNet(shape));
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        NDArray x = inputs[0];
        NDArray sigma = inputs[1].reshape(-1, 1, 1, 1);
        NDArray variance = sigma.square().add(DATA_VARIANCE);
        NDArray deviation = variance.sqrt();
        NDArray time = inputs[1].log().add(5).mul(100); // not tracked: the noise level is not learned
        NDArray difference = network.apply(pass, x.div(deviation), time);
        return difference.div(sigma.mul(deviation).mul(2)).sub(x.div(variance));
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return inputs[0];
    }
}
