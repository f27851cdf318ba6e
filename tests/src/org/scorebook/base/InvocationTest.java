package org.scorebook.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InvocationTest {
    @Test
    void theCommandIsNamedAsItWasCalledElseAsInTheProjectsFolder() {
        assertEquals(
                "../environment/scorebook", Invocation.name(Map.of("SCOREBOOK_COMMAND", "../environment/scorebook")));
        assertEquals("environment/scorebook", Invocation.name(Map.of()));
        assertEquals("environment/scorebook", Invocation.name(Map.of("SCOREBOOK_COMMAND", " ")));
        assertEquals(Invocation.name() + " jobs list", Invocation.of("jobs list"));
    }
}
