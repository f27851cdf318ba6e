package org.scorebook.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.scorebook.generation.Orders.result;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.scorebook.ResidentMemory;
import org.scorebook.recipe.SamplingPlan;

/** Hundreds of orders leave nothing behind: the arrays of one step of a tile that stayed in each would be gigabytes. */
@EnabledOnOs(OS.LINUX)
class GenerationMemoryTest {
    private static final long BOUND = 150_000_000;

    private final ModelShelf shelf = new ModelShelf("cpu");

    @Test
    void memoryStaysFlat() throws Exception {
        try (Generator generator = new Generator(shelf, 10)) {
            draw(generator, 60);
            int arrays = shelf.manager().getManagedArrays().size();
            long before = ResidentMemory.bytes();
            draw(generator, 340);
            assertEquals(arrays, shelf.manager().getManagedArrays().size());
            long grown = ResidentMemory.bytes() - before;
            assertTrue(grown < BOUND, "grew by " + grown);
        }
    }

    private static void draw(Generator generator, int number) throws Exception {
        for (int first = 0; first < number; first += 10) {
            List<Ticket> tickets = new ArrayList<>();
            for (int i = first; i < first + 10; i++) {
                SamplingPlan plan = new SamplingPlan("ddim", 1, 2, i);
                Order order = i % 5 == 0 ? Orders.energy(i, 1) : new Order(Orders.DIFFUSION, plan, new int[] {i % 11});
                tickets.add(generator.submit(order, progress -> {}));
            }
            if (first % 50 == 10) {
                tickets.remove(9).cancel();
            }
            for (Ticket ticket : tickets) {
                result(ticket);
            }
        }
    }
}
