package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.scorebook.base.Require;

/**
 * A small convolutional network that tells classes of images apart, 242,250 parameters for one channel and ten classes. What
 * it knows is in its features too, the 128 numbers before the last layer, which metrics compare where Inception's would be
 * too large or of the wrong kind. It takes images of any size from 4x4; with its parameters it is as any {@link Network}.
 */
public final class Classifier extends Network {
    private final int channels;
    private final int classes;
    private final ClassifierLayers layers;

    /**
     * Draws the parameters from the engine's random numbers.
     *
     * @param parent of the parameters' manager
     * @param channels C of the images, at least 1
     * @param classes K, at least 2
     */
    public Classifier(NDManager parent, int channels, int classes) {
        this(parent, channels, classes, layers(channels, classes));
    }

    private Classifier(NDManager parent, int channels, int classes, ClassifierLayers layers) {
        super(layers, parent, DataType.FLOAT32, new Shape(1, channels, 4, 4));
        this.channels = channels;
        this.classes = classes;
        this.layers = layers;
    }

    private static ClassifierLayers layers(int channels, int classes) {
        Require.atLeast("channels", channels, 1);
        Require.atLeast("classes", classes, 2);
        return new ClassifierLayers(channels, classes);
    }

    /**
     * How much each class is favoured: softmax makes probabilities of it.
     *
     * @param images of shape (B, C, H, W), H and W at least 4, float32, in the range that the network was trained on
     * @return of shape (B, K)
     * @throws IllegalArgumentException if the shape or the type is another
     */
    public NDArray logits(NDArray images) {
        return layers.apply(pass(), checked(images));
    }

    /**
     * What the last layer sees: the mean over the pixels of each of the last channels.
     *
     * @param images as for {@link #logits}
     * @return of shape (B, 128), 0 or more
     */
    public NDArray features(NDArray images) {
        return layers.features(pass(), checked(images));
    }

    private Layer.Pass pass() {
        return new Layer.Pass(store(), false);
    }

    private NDArray checked(NDArray images) {
        Shape shape = Require.given("images", images).getShape();
        if (shape.dimension() != 4 || shape.get(1) != channels || shape.get(2) < 4 || shape.get(3) < 4) {
            throw new IllegalArgumentException(
                    "images must have shape (B, " + channels + ", H, W) with H and W at least 4, but have " + shape);
        }
        requireType("images", images);
        return images;
    }

    /** C, the number of channels of the images. */
    public int channels() {
        return channels;
    }

    /** K, the number of classes. */
    @Override
    public int classes() {
        return classes;
    }

    /** How many features an image has. */
    public int dimension() {
        return ClassifierLayers.FEATURES;
    }
}
