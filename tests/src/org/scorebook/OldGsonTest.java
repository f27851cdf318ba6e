package org.scorebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

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
