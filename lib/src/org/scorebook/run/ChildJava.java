package org.scorebook.run;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.List;
import org.scorebook.base.Require;
import org.scorebook.config.RunConfig;

/** How this process starts Java once more, with the same library. */
public final class ChildJava {
    private ChildJava() {}

    /**
     * Java with its options, as this process has them; program and arguments are added.
     *
     * @param log where the library's own log goes
     * @param classPath with the program
     */
    public static List<String> command(Path log, String classPath) {
        Require.given("log", log);
        Require.given("classPath", classPath);
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", isWindows() ? "java.exe" : "java")
                        .toString(),
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED",
                "-Dfile.encoding=UTF-8",
                "-Dscorebook.log=" + log,
                "-cp",
                classPath);
    }

    static boolean isWindows() {
        return File.separatorChar == '\\';
    }

    /** This process's; a kernel that has the library from elsewhere does not list it there, and then its jar's folder is. */
    public static String classPath() {
        String own = System.getProperty("java.class.path", "");
        Path library = library();
        boolean listed = library == null
                || Arrays.stream(own.split(File.pathSeparator))
                        .filter(entry -> !entry.isEmpty())
                        .map(entry -> Path.of(entry).toAbsolutePath().normalize())
                        .anyMatch(library::equals);
        if (listed) {
            return own;
        }
        return Files.isDirectory(library)
                ? library + File.pathSeparator + own
                : library.getParent() + File.separator + "*";
    }

    private static Path library() {
        CodeSource source = RunConfig.class.getProtectionDomain().getCodeSource();
        try {
            return source == null
                    ? null
                    : Path.of(source.getLocation().toURI()).toAbsolutePath().normalize();
        } catch (URISyntaxException | IllegalArgumentException e) {
            return null;
        }
    }
}
