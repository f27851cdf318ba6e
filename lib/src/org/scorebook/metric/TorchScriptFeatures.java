package org.scorebook.metric;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.scorebook.aten.Functional;
import org.scorebook.base.Require;
import org.scorebook.weights.Fingerprint;

/**
 * The features of a network in a TorchScript file, such as an Inception network that the user has. It takes float32 images
 * and returns one tensor, (B, D) or (B, D, 1, 1).
 */
public final class TorchScriptFeatures implements FeatureExtractor, AutoCloseable {
    /** Images that the network is tried on where it takes any size. */
    private static final int ANY_SIDE = 64;

    private final Path file;
    private final String name;
    private final Input input;
    private final ScriptModule network;
    private final int dimension;

    /**
     * What the network takes.
     *
     * @param channels 3, or 1; grey images are repeated for a network of colours
     * @param side of square images, to which others are brought by bilinear interpolation; 0 if it takes any
     * @param scale of the pixels
     * @param flag whether {@code True} is the second argument, as in {@code network(images, return_features=True)}
     */
    public record Input(int channels, int side, PixelScale scale, boolean flag) {
        /** NVIDIA's {@code inception-2015-12-05.pt}, which is Heusel's Inception and changes the size itself: D = 2048. */
        public static final Input NVIDIA_INCEPTION = new Input(3, 0, PixelScale.BYTES, true);

        /** Inception of torchvision and the like: 299 x 299 in ImageNet's scale. */
        public static final Input TORCHVISION_INCEPTION = new Input(3, 299, PixelScale.IMAGENET, false);

        public Input {
            if (channels != 1 && channels != 3) {
                throw new IllegalArgumentException("channels must be 1 or 3, but is " + channels);
            }
            Require.atLeast("side", side, 0);
            Require.given("scale", scale);
            if (scale == PixelScale.IMAGENET && channels != 3) {
                throw new IllegalArgumentException("channels must be 3 for ImageNet's scale, but is " + channels);
            }
        }
    }

    private TorchScriptFeatures(Path file, Input input, ScriptModule network) {
        this.file = file;
        this.name = file.getFileName().toString();
        this.input = input;
        this.network = network;
        int side = input.side() == 0 ? ANY_SIDE : input.side();
        try (NDManager manager = NDManager.newBaseManager(network.device())) {
            NDArray black = manager.full(new Shape(1, input.channels(), side, side), -1f);
            dimension = Math.toIntExact(features(black).size());
        }
    }

    /**
     * Reads a network, and tries it on one black image.
     *
     * @param file that {@code torch.jit.save} wrote
     * @param device that evaluates it
     * @throws IllegalArgumentException if there is no such file, it is not TorchScript, or it does not take such images or
     *     does not return features
     */
    public static TorchScriptFeatures load(Path file, Device device, Input input) {
        Require.given("device", device);
        Require.given("input", input);
        ScriptModule network = ScriptModule.load(file, device);
        try {
            return new TorchScriptFeatures(file, input, network);
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    /** The file's name. */
    @Override
    public String name() {
        return name;
    }

    /** Of the file, and of what the network takes. */
    @Override
    public String fingerprint() {
        try {
            return Fingerprint.of(Fingerprint.of(file) + input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public NDArray features(NDArray images) {
        Shape shape = images.getShape();
        if (shape.dimension() != 4 || (shape.get(1) != input.channels() && shape.get(1) != 1)) {
            throw new IllegalArgumentException(
                    "images must have shape (B, " + input.channels() + ", H, W), or one channel, but have " + shape);
        }
        try (NDManager manager = images.getManager().newSubManager()) {
            NDArray prepared = prepared(images, manager);
            NDArray output = input.flag() ? network.forward(prepared, true) : network.forward(prepared);
            Shape found = output.getShape();
            if (found.dimension() < 2 || found.get(0) != shape.get(0) || found.size() != found.get(0) * found.get(1)) {
                throw new IllegalArgumentException(
                        name + " must return features of shape (" + shape.get(0) + ", D), but returns " + found);
            }
            NDArray features = output.reshape(found.get(0), found.get(1))
                    .toType(DataType.FLOAT32, true)
                    .toDevice(images.getDevice(), false);
            features.attach(images.getManager());
            return features;
        }
    }

    private NDArray prepared(NDArray images, NDManager manager) {
        NDArray x = images.toType(DataType.FLOAT32, true);
        x.attach(manager);
        long copies = input.channels() / images.getShape().get(1);
        x = input.scale().of(x.clip(-1, 1).repeat(1, copies)).toDevice(network.device(), false);
        int side = input.side();
        boolean right =
                side == 0 || (x.getShape().get(2) == side && x.getShape().get(3) == side);
        return right ? x : Functional.resize(x, side, side);
    }

    /** Frees the network. */
    @Override
    public void close() {
        network.close();
    }
}
