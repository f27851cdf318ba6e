package org.scorebook.aten;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlocksTest {
    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Torch.manager(1);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void eachRowComesOnceInOrder() {
        assertEquals(List.of("[0, 1, 2]", "[3, 4, 5]", "[6]"), blocks(7, 3));
        assertEquals(List.of("[0, 1, 2]", "[3, 4, 5]"), blocks(6, 3));
        assertEquals(List.of("[0, 1]"), blocks(2, Integer.MAX_VALUE));
        assertEquals(List.of(), blocks(0, 3));
        assertEquals(
                "size must be at least 1, but is 0",
                assertThrows(IllegalArgumentException.class, () -> blocks(7, 0)).getMessage());
    }

    private List<String> blocks(int count, int size) {
        List<String> blocks = new ArrayList<>();
        Blocks.forEach(count, size, manager, (arrays, rows) -> blocks.add(Arrays.toString(rows)));
        return blocks;
    }

    @Test
    void arraysComeInBlocksAndWhatTheyLeaveIsClosed() {
        NDArray points = manager.arange(10f).reshape(5, 2);
        int before = manager.getManagedArrays().size();
        List<NDArray> kept = new ArrayList<>();
        float[] doubled = new float[10];
        Blocks.forEach(points, 2, manager, (first, rows) -> {
            NDArray twice = rows.mul(2);
            System.arraycopy(twice.toFloatArray(), 0, doubled, 2 * first, (int) twice.size());
            kept.addAll(List.of(rows, twice));
        });
        assertArrayEquals(points.mul(2).toFloatArray(), doubled);
        assertEquals(6, kept.size());
        kept.forEach(array -> assertThrows(IllegalStateException.class, array::toFloatArray));
        assertFalse(points.isReleased());
        assertEquals(before + 1, manager.getManagedArrays().size());
    }
}
