package org.scorebook.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import org.junit.jupiter.api.Test;

class DevicesTest {
    @Test
    void namesAreResolved() {
        assertEquals(Device.cpu(), Devices.resolve("cpu"));
        assertEquals(Engine.getEngine("PyTorch").defaultDevice(), Devices.resolve("auto"));
        assertEquals("cuda:0", Devices.canonicalName("cuda"));
        assertEquals("cuda:1", Devices.canonicalName("cuda:1"));
        assertTrue(Devices.canonicalName("auto").matches("cpu|mps|cuda:0"));
    }

    @Test
    void absentDevicesAreExplained() {
        String message = assertThrows(IllegalArgumentException.class, () -> Devices.resolve("cuda:99"))
                .getMessage();
        assertTrue(message.startsWith("device is cuda:99, but the engine sees "), message);
    }
}
