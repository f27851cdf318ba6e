package org.scorebook.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.scorebook.Seeded;

class DevicesTest {
    @Test
    void namesAreResolved() {
        assertEquals(Device.cpu(), Devices.resolve("cpu"));
        assertEquals(Engine.getEngine("PyTorch").defaultDevice(), Devices.resolve("auto"));
        assertEquals("cuda:0", Devices.canonicalName("cuda"));
        assertEquals("cuda:1", Devices.canonicalName("cuda:1"));
        assertTrue(Devices.canonicalName("auto").matches("cpu|mps|cuda:0"));
    }

    /** A program may look up a device between two draws. */
    @Test
    void lookingUpTakesNoRandomNumbers(@Seeded(3) NDManager manager) {
        float first = manager.randomNormal(new Shape(1)).getFloat();
        Devices.resolve("auto");
        assertNotEquals(first, manager.randomNormal(new Shape(1)).getFloat());
        float third = manager.randomNormal(new Shape(1)).getFloat();
        manager.getEngine().setRandomSeed(3);
        manager.randomNormal(new Shape(1)).close();
        manager.randomNormal(new Shape(1)).close();
        assertEquals(third, manager.randomNormal(new Shape(1)).getFloat());
    }

    @Test
    void absentDevicesAreExplained() {
        String message = assertThrows(IllegalArgumentException.class, () -> Devices.resolve("cuda:99"))
                .getMessage();
        assertTrue(message.startsWith("device is cuda:99, but the engine sees "), message);
    }
}
