package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayList;
import java.util.List;
import org.scorebook.base.Require;

/**
 * A convolutional network from images (B, C, S, S) to energies (B, 1) or, where it has classes, to logits (B, K). Four
 * convolutions, of which the first has kernel 5 and the others 3, halve the image (28, 14, 7, 4, 2); two linear layers
 * follow. Between them is SiLU, so that the energy's gradient is smooth. There is no dropout and no batch normalization: a
 * point's energy is a function of that point. At the start the energy is almost constant: the length of its gradient is about
 * 1e-3 at images of independent pixels from -1 to 1, and some 4e-3 with spectral normalization; with pooling a tenth of that.
 *
 * <p>They halve by a stride of 2, or keep the size and are followed by means of 2x2 pixels ({@link EnergyShape#pooled}). A
 * stride is three times as quick, but pixels of even rows and columns have 9 ways into the first layer, and those of odd ones 4:
 * the gradient by the image is a chequerboard, and so is the cloth that chains draw by it.
 *
 * <p>Source: Radford, Metz, Chintala, Unsupervised Representation Learning with Deep Convolutional Generative Adversarial
 * Networks (2016), section 3, for strides: a sampler evaluates the network dozens of times in each step of training, so that it
 * must become small at once. Odena, Dumoulin, Olah, Deconvolution and Checkerboard Artifacts (2016), for what they do to a
 * gradient.
 */
public final class EnergyNet extends Layer {
    private static final int CONVOLUTIONS = 4;

    private final EnergyShape shape;
    private final List<Conv> convolutions = new ArrayList<>();
    private final Dense dense;
    private final Dense head;
    private final long features;

    public EnergyNet(EnergyShape shape) {
        this.shape = Require.given("shape", shape);
        int inputs = shape.channels();
        int side = shape.side();
        for (int i = 0; i < CONVOLUTIONS; i++) {
            int outputs = shape.base() << i;
            convolutions.add(addChildBlock("convs." + i, convolution(inputs, outputs, i == 0 ? 5 : 3)));
            inputs = outputs;
            side = (side + 1) / 2;
        }
        features = (long) inputs * side * side;
        int units = 4 * shape.base();
        boolean normalized = shape.spectralNorm();
        dense = addChildBlock("dense", new Dense(Math.toIntExact(features), units, normalized));
        head = addChildBlock("head", new Dense(units, outputs(), normalized));
    }

    private Conv convolution(int inputs, int outputs, int kernel) {
        return shape.pooled()
                ? Conv.same(inputs, outputs, kernel, shape.spectralNorm())
                : Conv.half(inputs, outputs, kernel, shape.spectralNorm());
    }

    private int outputs() {
        return Math.max(1, shape.classes());
    }

    /** What it is made of. */
    public EnergyShape shape() {
        return shape;
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        NDArray x = inputs[0];
        for (Conv convolution : convolutions) {
            x = Activation.SILU.of(convolution.apply(pass, x));
            x = shape.pooled() ? halved(x) : x;
        }
        NDArray flat = x.reshape(x.getShape().get(0), features);
        return head.apply(pass, Activation.SILU.of(dense.apply(pass, flat)));
    }

    /** The means of 2x2 pixels, each pixel in one of them; an odd side gets a border of zeros. */
    private static NDArray halved(NDArray x) {
        Shape window = new Shape(2, 2);
        long border = x.getShape().get(2) % 2;
        return Pool.avgPool2d(x, window, window, new Shape(border, border), false, true);
    }

    @Override
    Shape outputShape(Shape... inputs) {
        Shape image = new Shape(shape.channels(), shape.side(), shape.side());
        if (!inputs[0].slice(1).equals(image)) {
            throw new IllegalArgumentException(
                    "the points of this network have shape " + image + ", but are given as " + inputs[0].slice(1));
        }
        return new Shape(inputs[0].get(0), outputs());
    }
}
