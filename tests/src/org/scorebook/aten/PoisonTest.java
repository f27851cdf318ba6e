package org.scorebook.aten;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.scorebook.Seeded;

/** That the poison works where the tests are run with it: otherwise they would pass for nothing. */
@EnabledIfEnvironmentVariable(named = "LD_PRELOAD", matches = ".*poison.*")
class PoisonTest {
    @Test
    void newArraysAreFullOfNaN(@Seeded(1) NDManager manager) {
        AtenModule empty = AtenModule.of("Empty", """
                def like(self, x: Tensor) -> Tensor:
                  return torch.empty_like(x)
                """);
        for (int size : new int[] {16, 1_000, 100_000}) {
            NDArray array = empty.call("like", manager.ones(new Shape(size)));
            assertTrue(array.isNaN().all().getBoolean(), "not all of " + size);
        }
    }
}
