package org.scorebook.model;

import static org.scorebook.model.SimpleResidualBlock.GROUPS;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.scorebook.base.Require;

/**
 * A small U-Net with two halvings and attention between them, 7,719,747 parameters for three channels. Its inputs are images
 * (B, C, H, W), H and W divisible by 4, and DDPM's times (B) or (1). A PyTorch network of these layers has the same names.
 */
public final class SimpleUNet extends Layer {
    private static final int WAVES = 128;
    private static final int EMBEDDING = 4 * WAVES;

    private final int channels;
    private final TimeEmbedding time;
    private final Conv start;
    private final SimpleResidualBlock down1;
    private final SimpleResidualBlock down2;
    private final Conv half1;
    private final Conv half2;
    private final SimpleResidualBlock middle1;
    private final Attention attention;
    private final SimpleResidualBlock middle2;
    private final SimpleResidualBlock up1;
    private final SimpleResidualBlock up2;
    private final ConvTranspose double1;
    private final ConvTranspose double2;
    private final GroupNorm norm;
    private final Conv end;

    /** @param channels C, of the image and of the output, at least 1 */
    public SimpleUNet(int channels) {
        Require.atLeast("channels", channels, 1);
        this.channels = channels;
        time = addChildBlock(
                "time_embed", new TimeEmbedding("1", "3", WAVES, EMBEDDING, Activation.RELU)); // 0 has no parameters
        start = addChildBlock("init_conv", Conv.same(channels, 64));
        down1 = addChildBlock("down1", new SimpleResidualBlock(64, 128, EMBEDDING));
        down2 = addChildBlock("down2", new SimpleResidualBlock(128, 256, EMBEDDING));
        half1 = addChildBlock("downsample1", Conv.half(128, 128));
        half2 = addChildBlock("downsample2", Conv.half(256, 256));
        middle1 = addChildBlock("mid1", new SimpleResidualBlock(256, 256, EMBEDDING));
        attention = addChildBlock("mid_attn", new Attention(256, 1, GROUPS));
        middle2 = addChildBlock("mid2", new SimpleResidualBlock(256, 256, EMBEDDING));
        up1 = addChildBlock("up1", new SimpleResidualBlock(512, 128, EMBEDDING));
        up2 = addChildBlock("up2", new SimpleResidualBlock(256, 64, EMBEDDING));
        double1 = addChildBlock("upsample1", new ConvTranspose(256, 256));
        double2 = addChildBlock("upsample2", new ConvTranspose(128, 128));
        norm = addChildBlock("final_norm", new GroupNorm(GROUPS, 64));
        end = addChildBlock("final_conv", Conv.same(64, channels));
    }

    /**
     * All parts, from the time to the output, once the network has its parameters.
     *
     * @param side H and W of the image, divisible by 4
     */
    public List<UNet.Part> parts(int side) {
        if (side < 4 || side % 4 != 0) {
            throw new IllegalArgumentException("side must be a multiple of 4, but is " + side);
        }
        String residual = "residual block";
        String half = "convolution, stride 2";
        String doubling = "transposed convolution";
        List<UNet.Part> parts = new ArrayList<>();
        UNet.Part.list(parts, "time_embed", "embedding of the time", time, new Shape(1, WAVES), "");
        Shape x = UNet.Part.list(parts, "init_conv", "convolution", start, new Shape(1, channels, side, side), "");
        x = UNet.Part.list(parts, "down1", residual, down1, x, "");
        x = UNet.Part.list(parts, "downsample1", half, half1, x, "");
        x = UNet.Part.list(parts, "down2", residual, down2, x, "");
        x = UNet.Part.list(parts, "downsample2", half, half2, x, "");
        x = UNet.Part.list(parts, "mid1", residual, middle1, x, "");
        x = UNet.Part.list(parts, "mid_attn", "attention", attention, x, "");
        x = UNet.Part.list(parts, "mid2", residual, middle2, x, "");
        x = UNet.Part.list(parts, "upsample1", doubling, double1, x, "");
        x = UNet.Part.list(parts, "up1", residual, up1, x, "down2");
        x = UNet.Part.list(parts, "upsample2", doubling, double2, x, "");
        x = UNet.Part.list(parts, "up2", residual, up2, x, "down1");
        x = UNet.Part.list(parts, "final_norm", "group normalization", norm, x, "");
        UNet.Part.list(parts, "final_conv", "convolution", end, x, "");
        return parts;
    }

    @Override
    NDArray compute(Pass pass, NDArray... inputs) {
        Sides.requireDivisible(inputs[0].getShape(), 4);
        NDArray embedding = time.apply(pass, Sinusoids.of(inputs[1], WAVES));
        NDArray skip1 = down1.apply(pass, start.apply(pass, inputs[0]), embedding);
        NDArray skip2 = down2.apply(pass, half1.apply(pass, skip1), embedding);
        NDArray middle = middle1.apply(pass, half2.apply(pass, skip2), embedding);
        middle = middle2.apply(pass, attention.apply(pass, middle), embedding);
        NDArray x = up1.apply(pass, double1.apply(pass, middle).concat(skip2, 1), embedding);
        x = up2.apply(pass, double2.apply(pass, x).concat(skip1, 1), embedding);
        return end.apply(pass, Activation.RELU.of(norm.apply(pass, x)));
    }

    @Override
    Shape outputShape(Shape... inputs) {
        return inputs[0];
    }
}
