package org.scorebook.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.Refusal.message;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.model.NeuralField;
import org.scorebook.model.SimpleUNet;
import org.scorebook.model.UNet;
import org.scorebook.model.UNetShape;
import org.scorebook.plot.Picture;

class NetworkDiagramTest {
    @Seeded(1)
    private NDManager manager;

    /** What joins stands beside what it joins: the dashed lines are level. */
    @Test
    void aSimpleUNetIsDrawnWithAllItsShapes() {
        SimpleUNet net = new SimpleUNet(3);
        NeuralField field = new NeuralField(net, manager, new Shape(3, 32, 32));
        List<UNet.Part> parts = net.parts(32);
        assertEquals(
                field.size(), parts.stream().mapToLong(UNet.Part::parameters).sum());
        BufferedImage picture = NetworkDiagram.of("Small", parts);
        assertEquals(1800, picture.getWidth());
        String seen = Picture.description(picture);
        assertTrue(seen.startsWith("Small. Diagram of a network. init_conv: convolution, gives 64 × 32 × 32;"), seen);
        assertTrue(seen.contains("up1: residual block, gives 128 × 16 × 16, sees down2 too"), seen);
    }

    @Test
    void everyUNetHasItsDrawing() {
        for (UNetShape shape : List.of(
                UNetShape.of(1, 8, 8, 1),
                UNetShape.of(1, 8, 8, 1, 2).withBlocks(1).withClasses(3),
                UNetShape.of(3, 16, 8, 1, 2, 2).withBlocks(3).withAttention(4))) {
            UNet net = new UNet(shape);
            new NeuralField(net, manager, new Shape(shape.channels(), shape.side(), shape.side()));
            List<UNet.Part> parts = net.parts();
            String seen = Picture.description(NetworkDiagram.of("", parts));
            assertEquals(
                    parts.stream().filter(part -> !part.joined().isEmpty()).count(), seen.split(" sees ").length - 1);
        }
    }

    @Test
    void aNetworkWithoutJoinsIsRefused() {
        assertEquals(
                "parts must be of a U-Net, where some join what others gave, but none of 0 does",
                message(() -> NetworkDiagram.of("t", List.of())));
    }
}
