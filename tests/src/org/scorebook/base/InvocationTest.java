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
        Map<String, String> both = Map.of("SCOREBOOK_COMMAND", "./scorebook", "SCOREBOOK_SCRIPT", "/home/me/scorebook");
        assertEquals("./scorebook", Invocation.name(both));
        assertEquals("/home/me/scorebook", Invocation.fromAnywhere(both));
        assertEquals("./scorebook", Invocation.fromAnywhere(Map.of("SCOREBOOK_COMMAND", "./scorebook")));
        assertEquals(Invocation.name() + " jobs list", Invocation.of("jobs list"));
    }
}
