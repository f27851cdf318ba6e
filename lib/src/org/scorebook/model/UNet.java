package org.scorebook.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.scorebook.base.Require;

/**
 * The network of image diffusion: on the way down images become smaller and their channels more; on the way up each level
 * also sees what its equal on the way down saw. Its inputs are images (B, C, H, W), times (B) or (1) in the range of DDPM's
 * steps, and, where it has classes, labels (B) or (1).
 *
 * <p>Source: Ho, Jain, Abbeel (2020), appendix B; Dhariwal and Nichol (2021), section 3.
 */
public final class UNet extends Layer implements ClassConditional {
    private final UNetShape shape;
    private final TimeEmbedding time;
    private final ClassEmbedding classEmbedding;
    private final Conv start;
    private final List<Layer> down = new ArrayList<>();
    private final Stage middle1;
    private final Stage middle2;
    private final List<Stage> up = new ArrayList<>();
    private final List<Layer> doublings = new ArrayList<>();
    private final GroupNorm norm;
    private final Conv end;

    public UNet(UNetShape shape) {
        this.shape = Require.given("shape", shape);
        int units = 4 * shape.base();
        time = addChildBlock("time", new TimeEmbedding(shape.base(), units, Activation.SILU));
        classEmbedding =
                shape.classes() == 0 ? null : addChildBlock("classes", new ClassEmbedding(shape.classes(), units));
        start = addChildBlock("start", Conv.same(shape.channels(), shape.base()));
        Deque<Integer> skips = new ArrayDeque<>(List.of(shape.base()));
        int width = addWayDown(units, skips);
        middle1 = addChildBlock("middle.0", new Stage(shape, width, width, units, true));
        middle2 = addChildBlock("middle.1", new Stage(shape, width, width, units, false));
        width = addWayUp(units, skips, width);
        norm = addChildBlock("norm", new GroupNorm(shape.groups(), width));
        end = addChildBlock("end", Conv.zero(width, shape.channels()));
    }

    private int addWayDown(int units, Deque<Integer> skips) {
        int width = shape.base();
        for (int level = 0; level < shape.levels(); level++) {
            for (int i = 0; i < shape.blocks(); i++) {
                down.add(addChildBlock(
                        "down." + down.size(),
                        new Stage(shape, width, shape.width(level), units, shape.attends(level))));
                width = shape.width(level);
                skips.push(width);
            }
            if (level < shape.levels() - 1) {
                down.add(addChildBlock("down." + down.size(), Conv.half(width, width)));
                skips.push(width);
            }
        }
        return width;
    }

    private int addWayUp(int units, Deque<Integer> skips, int lowest) {
        int width = lowest;
        for (int level = shape.levels() - 1; level >= 0; level--) {
            for (int i = 0; i <= shape.blocks(); i++) {
                up.add(addChildBlock(
                        "up." + up.size(),
                        new Stage(shape, width + skips.pop(), shape.width(level), units, shape.attends(level))));
                width = shape.width(level);
            }
            doublings.add(
                    addChildBlock("doublings." + doublings.size(), level == 0 ? new Identity() : new Doubling(width)));
        }
        return width;
    }

    @Override
    public int classes() {
        return shape.classes();
    }

    /** What it is made of. */
    public UNetShape shape() {
        return shape;
    }

    /**
     * A part of a network, in the order in which an image goes through.
     *
     * @param name of its parameters, without their own last names
     * @param kind what it does, such as "residual block"
     * @param output what it makes of one image, (C, H, W); for embeddings (E)
     * @param parameters how many numbers are trained in it
     * @param joined the name of the part whose output is joined to its input, channel to channel; empty where there is none
     */
    public record Part(String name, String kind, Shape output, long parameters, String joined) {
        /** Lists a layer with what it makes of a batch of one, which it returns. */
        static Shape list(List<Part> parts, String name, String kind, Layer layer, Shape input, String joined) {
            Shape output = layer.outputShape(input);
            long parameters = StateDict.trained(layer).values().stream()
                    .mapToLong(NDArray::size)
                    .sum();
            parts.add(new Part(name, kind, output.slice(1), parameters, joined));
            return output;
        }
    }

    /** All parts, from the time to the output, once the network has its parameters. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        Part.list(parts, "time", "embedding of the time", time, new Shape(1, shape.base()), "");
        if (classEmbedding != null) {
            Part.list(parts, "classes", "embedding of the class", classEmbedding, new Shape(1), "");
        }
        Shape image = new Shape(1, shape.channels(), shape.side(), shape.side());
        Shape x = Part.list(parts, "start", "convolution", start, image, "");
        Deque<String> skips = new ArrayDeque<>(List.of("start"));
        for (int i = 0; i < down.size(); i++) {
            String kind = down.get(i) instanceof Stage stage ? stage.kind() : "convolution, stride 2";
            x = Part.list(parts, "down." + i, kind, down.get(i), x, "");
            skips.push("down." + i);
        }
        x = Part.list(parts, "middle.0", middle1.kind(), middle1, x, "");
        x = Part.list(parts, "middle.1", middle2.kind(), middle2, x, "");
        for (int i = 0; i < up.size(); i++) {
            x = Part.list(parts, "up." + i, up.get(i).kind(), up.get(i), x, skips.pop());
            if (i % (shape.blocks() + 1) == shape.blocks() && i < up.size() - 1) {
                int doubling = i / (shape.blocks() + 1);
                x = Part.list(parts, "doublings." + doubling, "doubling, convolution", doublings.get(doubling), x, "");
            }
        }
        x = Part.list(parts, "norm", "group normalization", norm, x, "");
        Part.list(parts, "end", "convolution", end, x, "");
        return parts;
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        Sides.requireDivisible(inputs[0].getShape(), 1 << (shape.levels() - 1));
        NDArray embedding = embedding(pass, inputs);
        Deque<NDArray> skips = new ArrayDeque<>();
        NDArray x = start.apply(pass, inputs[0]);
        skips.push(x);
        for (Layer layer : down) {
            x = layer.apply(pass, x, embedding);
            skips.push(x);
        }
        x = middle2.apply(pass, middle1.apply(pass, x, embedding), embedding);
        int perLevel = shape.blocks() + 1;
        for (int i = 0; i < up.size(); i++) {
            x = up.get(i).apply(pass, x.concat(skips.pop(), 1), embedding);
            if (i % perLevel == perLevel - 1) {
                x = doublings.get(i / perLevel).apply(pass, x);
            }
        }
        return end.apply(pass, Activation.SILU.of(norm.apply(pass, x)));
    }

    private NDArray embedding(Pass pass, NDArray... inputs) {
        NDArray ofTime = time.apply(pass, Sinusoids.of(inputs[1], shape.base()));
        return classEmbedding == null ? ofTime : ofTime.add(classEmbedding.apply(pass, inputs[2]));
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return inputs[0];
    }
}
