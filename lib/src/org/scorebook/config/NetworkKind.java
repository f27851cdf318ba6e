package org.scorebook.config;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.scorebook.data.ImageSets;
import org.scorebook.model.EnergyNet;
import org.scorebook.model.EnergyShape;
import org.scorebook.model.NoiseConditional;
import org.scorebook.model.SimpleUNet;
import org.scorebook.model.UNet;
import org.scorebook.model.UNetShape;

/** The table of networks. */
public enum NetworkKind implements Choice {
    UNET(
            "U-Net of residual blocks and attention",
            (config, image, labels) -> new UNet(shape(config, image, labels)),
            Trait.LEVELS,
            Trait.GROUPS,
            Trait.CLASSES),
    SIMPLE_UNET(
            "small U-Net of fixed size with two halvings",
            (config, image, labels) -> new SimpleUNet((int) image.get(0)),
            Trait.FOURS,
            Trait.GROUPS),
    NCSN_UNET(
            "the same U-Net, with inputs and outputs scaled by the noise level",
            (config, image, labels) -> NoiseConditional.unet(shape(config, image, 0)),
            Trait.LEVELS,
            Trait.GROUPS),
    NCSN_MLP("dense layers over all pixels, scaled by the noise level", (config, image, labels) -> {
        int width = config.baseChannels();
        return NoiseConditional.mlp((int) image.get(0), (int) image.get(1), width, width, width);
    }),
    ENERGY(
            "convolutions that end in one number, or in one for each class",
            (config, image, labels) -> new EnergyNet(new EnergyShape(
                    (int) image.get(0),
                    (int) image.get(1),
                    config.baseChannels(),
                    config.downsampling().pools(),
                    config.spectralNorm(),
                    labels)),
            Trait.FOURS,
            Trait.CLASSES,
            Trait.ENERGY);

    private final String help;
    private final Maker maker;
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);

    private interface Maker {
        /** @param labels the number of classes that it learns, 0 for none */
        Block make(RunConfig config, Shape image, int labels);
    }

    private enum Trait {
        /** It halves images once for each level but the first. */
        LEVELS,
        /** It takes images whose sides are divisible by 4. */
        FOURS,
        /** It normalises groups of base_channels. */
        GROUPS,
        /** It can learn classes. */
        CLASSES,
        /** It is an energy. */
        ENERGY
    }

    NetworkKind(String help, Maker maker, Trait... traits) {
        this.help = help;
        this.maker = maker;
        this.traits.addAll(List.of(traits));
    }

    @Override
    public String help() {
        return help;
    }

    @Override
    public Set<ModelKind> fits() {
        return isEnergy() ? EnumSet.of(ModelKind.ENERGY) : EnumSet.of(ModelKind.DIFFUSION, ModelKind.SCORE);
    }

    /** Whether it is an energy. */
    public boolean isEnergy() {
        return traits.contains(Trait.ENERGY);
    }

    /** Whether it can predict for a class and without, so that one can be had more strongly than the other. */
    boolean isGuided() {
        return traits.contains(Trait.CLASSES) && !isEnergy();
    }

    /** Whether its normalisation has groups. */
    boolean hasGroups() {
        return traits.contains(Trait.GROUPS);
    }

    /**
     * The network of a configuration, without its parameters yet.
     *
     * @param image shape of one image, (C, H, W) with H = W
     * @param classes how many the data has
     * @throws IllegalArgumentException for a side that it cannot take
     */
    public Block make(RunConfig config, Shape image, int classes) {
        requireSide(config, (int) image.get(1));
        return maker.make(config, image, config.conditional() ? classes : 0);
    }

    private void requireSide(RunConfig config, int side) {
        int divisor = divisor(config);
        if (side % divisor != 0) {
            int below = side - side % divisor;
            int above = below + divisor;
            boolean levels = traits.contains(Trait.LEVELS);
            boolean chosen = ImageSets.needsFolder(config.data());
            String nearest =
                    "the nearest that will do " + (below == 0 ? "is " + above : "are " + below + " and " + above);
            throw new IllegalArgumentException((chosen ? "image_size" : "the side of the images")
                    + " must be divisible by " + divisor + " for the model " + this
                    + (levels ? " with " + config.multipliers().size() + " multipliers" : "") + ", but the images"
                    + (chosen ? "" : " of " + config.data()) + " are " + side + " x " + side
                    + (chosen
                            ? "; " + nearest + (levels ? ", or take fewer multipliers" : "")
                            : levels ? "; take fewer multipliers" : ""));
        }
    }

    private int divisor(RunConfig config) {
        if (traits.contains(Trait.LEVELS)) {
            return 1 << (config.multipliers().size() - 1);
        }
        return traits.contains(Trait.FOURS) ? 4 : 1;
    }

    private static UNetShape shape(RunConfig config, Shape image, int labels) {
        return new UNetShape(
                (int) image.get(0),
                (int) image.get(1),
                config.baseChannels(),
                config.multipliers(),
                config.residualBlocks(),
                config.attentionResolutions(),
                config.heads(),
                config.groups(),
                config.dropout(),
                config.conditioning().scales(),
                labels);
    }

    @Override
    public String toString() {
        return key();
    }
}
