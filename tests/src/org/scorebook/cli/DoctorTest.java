package org.scorebook.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scorebook.checkup.Examination;
import org.scorebook.checkup.Finding;
import org.scorebook.train.SelfTest;
import picocli.CommandLine;

class DoctorTest {
    private static final Examination GOOD =
            () -> List.of(Finding.ok("Disk", "1.0 GB free"), Finding.note("Fonts", "few"));

    private static Result run(Map<String, Examination> examinations) {
        return Result.of(new CommandLine(new Doctor(examinations)));
    }

    @Test
    void notesAreNoFailures() {
        Result result = run(Map.of("Disk", GOOD));
        assertEquals("""
                ok      Disk          1.0 GB free
                note    Fonts         few
                All is well.
                """, result.out());
        assertEquals(0, result.code());
    }

    /** An engine that cannot be loaded fails with errors of the linker, and with many lines. */
    @Test
    void whateverIsThrownIsOneLineAndTheOthersFollow() {
        Map<String, Examination> examinations = new LinkedHashMap<>();
        examinations.put("Engine", () -> {
            throw new ExceptionInInitializerError(new UnsatisfiedLinkError("no torch\n  at frame 1"));
        });
        examinations.put("Disk", () -> {
            throw new IOException("no disk", new IOException("gone"));
        });
        examinations.put("Fonts", GOOD);
        Result result = run(examinations);
        assertEquals("""
                FAILED  Engine        no torch
                FAILED  Disk          no disk: gone
                ok      Disk          1.0 GB free
                note    Fonts         few
                Something failed: see above.
                """, result.out());
        assertEquals(1, result.code());
    }

    @Test
    void thisMachineTrainsAsItShould() {
        SelfTest test = new SelfTest(Device.cpu());
        assertTrue(test.gradientError() < 1e-3, "the error is " + test.gradientError());
        assertTrue(test.repeats());
    }
}
