package org.scorebook.checkup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JupyterExaminationTest {
    @Test
    void aKernelWhoseJarIsGoneHasFailed(@TempDir Path folder) throws IOException {
        Path jar = folder.resolve("my kernel.jar");
        assertTrue(JupyterExamination.kernel("java\tjava ... " + jar).isFailed());
        assertFalse(JupyterExamination.kernel("other\tjava ... " + jar).isFailed());
        Files.createFile(jar);
        assertEquals(Finding.ok("Kernel", "java: java ... " + jar), JupyterExamination.kernel("java\tjava ... " + jar));
        assertFalse(JupyterExamination.kernel("java\tjava ... org.scorebook.kernel.JavaKernel")
                .isFailed());
    }
}
