package org.scorebook.aten;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;

class NativeProgramTest {
    @Seeded(1)
    private NDManager manager;

    private float plus(int number) {
        String program = "def run(self, x: Tensor) -> List[Tensor]:\n  return [torch.add(x, NUMBER)]\n"
                .replace("NUMBER", Integer.toString(number));
        try (NDArray x = manager.create(0.5f);
                NDArray sum = NativeProgram.run(program, new NDList(x)).singletonOrThrow()) {
            return sum.getFloat();
        }
    }

    /** More than are kept at once: those that were dropped are compiled anew. */
    @Test
    void anyNumberOfPrograms() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 250; i++) {
                assertEquals(i + 0.5f, plus(i));
            }
        }
    }

    @Test
    void whatIsNoProgram() {
        NDList inputs = new NDList(manager.create(1f));
        String wrong = "def run(self, x: Tensor) -> List[Tensor]:\n  return [torch.no_such_thing(x)]\n";
        for (int i = 0; i < 2; i++) {
            assertThrows(EngineException.class, () -> NativeProgram.run(wrong, inputs));
        }
    }
}
