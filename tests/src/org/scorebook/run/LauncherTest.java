package org.scorebook.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.scorebook.config.RunConfig;

class LauncherTest {
    @Test
    void aKernelThatHidesTheLibraryStillPassesItOn() throws Exception {
        String own = System.getProperty("java.class.path");
        assertEquals(own, Launcher.classPath());
        Path library = Path.of(RunConfig.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        System.setProperty("java.class.path", "ijava.jar");
        try {
            assertEquals(library + File.pathSeparator + "ijava.jar", Launcher.classPath());
        } finally {
            System.setProperty("java.class.path", own);
        }
    }

    @Test
    void jobsRunTheCommandLine() {
        assertEquals(
                List.of("org.scorebook.cli.Main", "train", "--run-dir"),
                Launcher.installed().program());
    }
}
