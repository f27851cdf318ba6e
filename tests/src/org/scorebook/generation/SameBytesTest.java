package org.scorebook.generation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.generation.Orders.NONE;
import static org.scorebook.generation.Orders.pixels;
import static org.scorebook.generation.Orders.result;
import static org.scorebook.generation.Orders.submit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;
import org.scorebook.plot.ImageGrid;
import org.scorebook.recipe.Drawing;
import org.scorebook.recipe.PlannedImage;
import org.scorebook.recipe.ProgressListener;
import org.scorebook.recipe.SamplingPlan;
import org.scorebook.recipe.TrainedModel;

/** An image follows from model, plan, number and label. */
class SameBytesTest {
    private static final List<Order> ORDERS = List.of(
            Orders.ddim(1, 0, 1, NONE, 3, 4),
            Orders.ddim(2, NONE, NONE),
            new Order(Orders.DIFFUSION, new SamplingPlan("ddpm", 3, 1, 3), new int[] {5, 6, 7}),
            Orders.energy(4, 6));

    @Test
    void whoeverElseOrdersWhat() throws Exception {
        List<List<List<Integer>>> alone = new ArrayList<>();
        try (Generator generator = new Generator(new ModelShelf("cpu"), 1)) {
            for (Order order : ORDERS) {
                alone.add(pixels(result(submit(generator, order))));
            }
        }
        try (Generator generator = new Generator(new ModelShelf("cpu"), 100)) {
            Busy busy = new Busy(generator);
            List<Ticket> tickets = new ArrayList<>();
            SplittableRandom random = new SplittableRandom(1);
            for (Order order : ORDERS) {
                for (int i = 0; i < 5; i++) {
                    submit(generator, like(order, random));
                }
                tickets.add(submit(generator, order));
            }
            int waiting = generator.waiting();
            busy.end();
            assertEquals(25, waiting, "they are there together");
            for (int i = 0; i < ORDERS.size(); i++) {
                assertEquals(alone.get(i), pixels(result(tickets.get(i))), "order " + i);
            }
        }
    }

    /** Not only what a picture has of them: an engine computes a batch of one by other instructions. */
    @Test
    void bitsOfATile(@Seeded(1) NDManager manager) throws Exception {
        for (Order order : List.of(Orders.ddim(1, 3), Orders.ddim(2, NONE), Orders.energy(3, 1))) {
            try (TrainedModel model = order.source().load(manager, remark -> {})) {
                LoadedModel loaded = new LoadedModel(model, List.of(4, 16));
                float[] alone = draw(manager, 4, bound(order, loaded)).get("0").toFloatArray();
                for (int size : loaded.alike(bound(order, loaded).kind(0), manager)) {
                    OpenOrder others = bound(like(order, size - 1), loaded);
                    NDArray together = draw(manager, size, others, bound(order, loaded));
                    assertArrayEquals(alone, together.get(size - 1L).toFloatArray(), "in " + size + " of " + order);
                }
            }
        }
    }

    private static OpenOrder bound(Order order, LoadedModel loaded) {
        OpenOrder open = new OpenOrder(order, GenerationListener.NONE);
        open.bind(loaded);
        return open;
    }

    private static NDArray draw(NDManager manager, int size, OpenOrder first, OpenOrder... others) {
        Tile tile = new Tile(first);
        Arrays.stream(others).forEach(tile::add);
        tile.fit(List.of(4, 16));
        NDArray points = tile.draw(manager, new Previews()).points();
        assertEquals(size, points.getShape().get(0), "always full");
        return points;
    }

    /** As many images like the first, of another seed. */
    private static Order like(Order order, int number) {
        int[] labels = new int[number];
        Arrays.fill(labels, order.labels()[0]);
        return new Order(order.source(), order.plan().withSeed(9), labels);
    }

    /** Of another seed and size, and of other classes. */
    private static Order like(Order order, SplittableRandom random) {
        int[] labels = random.ints(random.nextInt(1, 7), 0, NONE + 1).toArray();
        return new Order(order.source(), order.plan().withSeed(random.nextLong()), labels);
    }

    /** Whose tile took as long to the last digit shared it; where places are not alike, none does. */
    @Test
    void ordersShareATile(@Seeded(1) NDManager manager) throws Exception {
        boolean shared = mayShare(Orders.ddim(1, 1), manager);
        try (Generator generator = new Generator(new ModelShelf("cpu"), 100)) {
            Busy busy = new Busy(generator);
            List<Ticket> tickets = List.of(
                    submit(generator, Orders.ddim(1, 1)),
                    submit(generator, Orders.ddim(2, 2)),
                    submit(generator, Orders.ddim(3, NONE)),
                    submit(generator, Orders.ddim(4, 4)));
            busy.end();
            Result one = result(tickets.get(0));
            assertEquals(shared, one.seconds() == result(tickets.get(1)).seconds());
            assertNotEquals(one.seconds(), result(tickets.get(2)).seconds(), "no class");
            assertEquals(shared, one.seconds() == result(tickets.get(3)).seconds());
            assertEquals(6, one.evaluations(), "3 steps, 2 evaluations each");
            assertEquals(3, result(tickets.get(2)).evaluations());
        }
    }

    private static boolean mayShare(Order order, NDManager manager) throws Exception {
        try (TrainedModel model = order.source().load(manager, remark -> {})) {
            LoadedModel loaded = new LoadedModel(model, List.of(4, 16));
            return !loaded.alike(bound(order, loaded).kind(0), manager).isEmpty();
        }
    }

    @Test
    void asTheLibraryDraws(@Seeded(1) NDManager manager) throws Exception {
        for (Order order : ORDERS) {
            List<BufferedImage> expected = new ArrayList<>();
            long evaluations;
            try (TrainedModel model = order.source().load(manager, remark -> {})) {
                evaluations = new Drawing(model, order.plan(), 3)
                        .run(
                                manager,
                                order.labels(),
                                ProgressListener.SILENT,
                                (first, images) -> expected.addAll(ImageGrid.pictures(images)));
            }
            try (Generator generator = new Generator(new ModelShelf("cpu"), 1)) {
                Result result = result(submit(generator, order));
                assertEquals(evaluations, result.evaluations());
                assertEquals(expected.size(), result.images().size());
                for (int i = 0; i < expected.size(); i++) {
                    assertNear(expected.get(i), result.images().get(i));
                }
            }
        }
    }

    /** Up to one of 255 levels. */
    private static void assertNear(BufferedImage expected, BufferedImage image) {
        int[] levels = levels(expected);
        int[] found = levels(image);
        assertEquals(levels.length, found.length);
        for (int i = 0; i < levels.length; i++) {
            assertTrue(Math.abs(levels[i] - found[i]) <= 1, levels[i] + " became " + found[i]);
        }
    }

    private static int[] levels(BufferedImage image) {
        int[] rgb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        return Arrays.stream(rgb).map(pixel -> pixel & 0xff).toArray();
    }

    /** Where an image has the same bits at all places of all sizes, the check passes, and nowhere else. */
    @Test
    void placesAreChecked(@Seeded(1) NDManager manager) throws Exception {
        SamplingPlan plan = new SamplingPlan("ddim", 2, 2, 0);
        PlannedImage image = new PlannedImage(0, 0, NONE);
        try (TrainedModel model = Orders.DIFFUSION.load(manager, remark -> {})) {
            for (int size : new int[] {1, 4, 7}) {
                NDArray small = draw(model, plan, manager, Collections.nCopies(size, image));
                NDArray large = draw(model, plan, manager, Collections.nCopies(16, image));
                List<Integer> expected =
                        !isSame(small, small) ? List.of() : isSame(small, large) ? List.of(size, 16) : List.of(size);
                TileKind kind = TileKind.of(new LoadedModel(model, List.of(size, 16)), plan, NONE);
                assertEquals(expected, kind.loaded().alike(kind, manager));
            }
        }
    }

    private static NDArray draw(TrainedModel model, SamplingPlan plan, NDManager manager, List<PlannedImage> images) {
        return model.draw(plan, manager, (index, time, x) -> {}, images).points();
    }

    /** Whether all images of a batch are the first of another. */
    private static boolean isSame(NDArray first, NDArray all) {
        return all.sub(first.get("0")).eq(0).all().getBoolean();
    }
}
