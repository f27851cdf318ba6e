package org.scorebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** IJava 1.3.0 brings Gson 2.8.5, which comes before ours there: the library may call only what that has, too. */
class OldGsonTest {
    private static final Path OLD = Path.of("target", "older", "gson-2.8.5.jar");

    @Test
    void everyCallOfGsonIsInTheOldOne() throws IOException {
        List<JavaCodeUnitAccess<?>> calls = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.scorebook").stream()
                        .filter(type -> !type.getPackageName().equals("org.scorebook.kernel"))
                        .flatMap(type -> type.getCodeUnitAccessesFromSelf().stream())
                        .<JavaCodeUnitAccess<?>>map(call -> call)
                        .filter(call -> call.getTargetOwner().getPackageName().startsWith("com.google.gson"))
                        .toList();
        assertTrue(calls.size() > 20, "calls of Gson were not found: " + calls.size());
        try (URLClassLoader old =
                new URLClassLoader(new URL[] {OLD.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            assertEquals(
                    List.of(),
                    calls.stream()
                            .filter(call -> !isIn(old, call))
                            .map(JavaCodeUnitAccess::getDescription)
                            .toList());
        }
    }

    /** What a notebook does with a run: a folder is made, its status and losses are written and read. */
    @Test
    void runsAreReadWithTheOldOne(@TempDir Path runs) throws Exception {
        List<URL> jars = new ArrayList<>(List.of(OLD.toUri().toURL()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            jars.add(Path.of(entry).toUri().toURL());
        }
        try (URLClassLoader old = new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> config = old.loadClass("org.scorebook.config.RunConfig");
            Class<?> directory = old.loadClass("org.scorebook.folder.RunDirectory");
            Object quick = config.getMethod("preset", String.class).invoke(null, "ebm-quick");
            Object run = directory.getMethod("create", config, Path.class).invoke(null, quick, runs);
            String status = directory.getMethod("status").invoke(run).toString();
            assertTrue(status.startsWith("Status[state=queued, pid=0, processStart=null"), status);
            String losses = "{\"train_loss\": [0.5], \"val_loss\": [0.25], \"test_loss\": [1], \"epochs\": [0]}";
            Path folder = (Path) directory.getMethod("path").invoke(run);
            Files.writeString(folder.resolve("loss_history.json"), losses);
            assertEquals(
                    "LossHistory[train=[0.5], validation=[0.25], test=[1.0], epochs=[0]]",
                    directory.getMethod("lossHistory").invoke(run).toString());
        }
    }

    private static boolean isIn(ClassLoader loader, JavaCodeUnitAccess<?> call) {
        try {
            Class<?> owner = Class.forName(call.getTargetOwner().getName(), false, loader);
            String name = call.getTarget().getName();
            List<String> parameters = call.getTarget().getRawParameterTypes().stream()
                    .map(HasName::getName)
                    .toList();
            return has(owner, name, parameters);
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static boolean has(Class<?> owner, String name, List<String> parameters) {
        return name.equals("<init>")
                ? Arrays.stream(owner.getConstructors())
                        .anyMatch(c -> names(c.getParameterTypes()).equals(parameters))
                : Arrays.stream(owner.getMethods())
                        .anyMatch(m -> m.getName().equals(name)
                                && names(m.getParameterTypes()).equals(parameters));
    }

    private static List<String> names(Class<?>[] types) {
        return Arrays.stream(types).map(Class::getName).toList();
    }
}
