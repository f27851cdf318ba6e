package org.scorebook.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scorebook.config.RunConfig;

class LauncherTest {
    @Test
    void aKernelThatHidesTheLibraryStillPassesItOn() throws Exception {
        String own = System.getProperty("java.class.path");
        assertEquals(own, ChildJava.classPath());
        Path library = Path.of(RunConfig.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        System.setProperty("java.class.path", "ijava.jar");
        try {
            assertEquals(library + File.pathSeparator + "ijava.jar", ChildJava.classPath());
        } finally {
            System.setProperty("java.class.path", own);
        }
    }

    @Test
    void jobsRunTheCommandLine() {
        assertEquals(
                List.of("org.scorebook.cli.Main", "train", "--run-dir"),
                LocalLauncher.installed().program());
    }

    @Test
    void allJarsOfAFolderAreItsName(@TempDir Path folder) throws Exception {
        for (String name : List.of("a.jar", "b.jar", "c.jar")) {
            Files.createFile(folder.resolve(name));
        }
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.createFile(other.resolve("d.jar"));
        Files.createFile(other.resolve("e.jar"));
        String path = Stream.of("b.jar", "a.jar", "classes", "c.jar", "other/e.jar")
                .map(name -> folder.resolve(name).toString())
                .collect(Collectors.joining(File.pathSeparator));
        String shortened = Stream.of("*", "classes", "other/e.jar")
                .map(name -> folder.resolve(name).toString())
                .collect(Collectors.joining(File.pathSeparator));
        assertEquals(shortened, ClassPath.shortened(path));
        assertEquals(
                folder.resolve("*").toString(),
                ClassPath.shortened(folder.resolve("*").toString()));
    }
}
