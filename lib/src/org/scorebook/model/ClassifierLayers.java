package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Four convolutions, each with group normalization and ReLU, of 32, 64, 128 and 128 channels, of which the first three
 * halve the image; then the mean over the pixels, which are the features, and a linear layer to the logits.
 */
final class ClassifierLayers extends Layer {
    static final int FEATURES = 128;
    private static final int GROUPS = 8;

    private final List<Conv> convolutions = new ArrayList<>();
    private final List<GroupNorm> norms = new ArrayList<>();
    private final Dense head;

    ClassifierLayers(int channels, int classes) {
        add(Conv.half(channels, 32), 32);
        add(Conv.half(32, 64), 64);
        add(Conv.half(64, FEATURES), FEATURES);
        add(Conv.same(FEATURES, FEATURES), FEATURES);
        head = addChildBlock("head", new Dense(FEATURES, classes));
    }

    private void add(Conv convolution, int outputs) {
        convolutions.add(addChildBlock("convs." + convolutions.size(), convolution));
        norms.add(addChildBlock("norms." + norms.size(), new GroupNorm(GROUPS, outputs)));
    }

    NDArray features(Pass pass, NDArray x) {
        for (int i = 0; i < convolutions.size(); i++) {
            x = Activation.RELU.of(norms.get(i).apply(pass, convolutions.get(i).apply(pass, x)));
        }
        Shape shape = x.getShape();
        return x.reshape(shape.get(0), shape.get(1), -1).mean(new int[] {2});
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        return head.apply(pass, features(pass, inputs[0]));
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return head.outputShape(inputs[0]);
    }
}
