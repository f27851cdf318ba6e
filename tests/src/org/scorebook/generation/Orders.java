package org.scorebook.generation;

import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.scorebook.folder.ModelSource;
import org.scorebook.recipe.SamplingPlan;

/** Orders of few steps from the networks that ship. */
final class Orders {
    static final ModelSource DIFFUSION = new ModelSource.Shipped("fashion-mnist");
    static final ModelSource ENERGY = new ModelSource.Shipped("ebm-fashion-mnist");

    /** The label of no class of the diffusion model. */
    static final int NONE = 10;

    private Orders() {}

    static Order ddim(long seed, int... labels) {
        return new Order(DIFFUSION, new SamplingPlan("ddim", 3, 2, seed), labels);
    }

    /** Seconds of work, even where it is quick. */
    static Order slow(int... labels) {
        return new Order(DIFFUSION, new SamplingPlan("ddpm", 1000, 2, 7), labels);
    }

    static Order energy(long seed, int number) {
        return new Order(ENERGY, new SamplingPlan("langevin", 4, 0, seed), new int[number]);
    }

    static Ticket submit(Generator generator, Order order) throws QueueFullException {
        return generator.submit(order, GenerationListener.NONE);
    }

    static Result result(Ticket ticket) throws Exception {
        return ticket.await(Duration.ofMinutes(2));
    }

    static List<List<Integer>> pixels(Result result) {
        return result.images().stream().map(Orders::pixels).toList();
    }

    static List<Integer> pixels(BufferedImage image) {
        int width = image.getWidth();
        int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
        return IntStream.of(pixels).boxed().toList();
    }
}
