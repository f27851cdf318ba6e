package org.scorebook.aten;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class TorchTest {
    @Test
    void sameSeedSameNumbers() {
        assertArrayEquals(draw(7), draw(7));
        assertFalse(java.util.Arrays.equals(draw(7), draw(8)));
    }

    private static float[] draw(int seed) {
        try (NDManager manager = Torch.manager(seed)) {
            return manager.randomNormal(new Shape(5)).toFloatArray();
        }
    }

    /** PyTorch tracks by default in every thread that did not load the engine. */
    @Test
    void nothingIsTrackedOutsideACollectorInANewThread() {
        var thread = Executors.newSingleThreadExecutor();
        try {
            boolean tracked = CompletableFuture.supplyAsync(TorchTest::isProductTracked, thread)
                    .join();
            assertFalse(tracked);
        } finally {
            thread.shutdown();
        }
    }

    private static boolean isProductTracked() {
        try (NDManager manager = Torch.manager(1)) {
            NDArray x = manager.create(2f);
            x.setRequiresGradient(true);
            return Autograd.isTracked(x.mul(3));
        }
    }
}
