package org.scorebook;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The order of the packages: a class may use its own package and those before it in the list. */
class ArchitectureTest {
    private static final List<String> ORDER = List.of(
            "base",
            "process",
            "aten",
            "capture",
            "optim",
            "trace",
            "weights",
            "score",
            "toy",
            "data",
            "feed",
            "inspect",
            "model",
            "sample",
            "train",
            "metric",
            "plot",
            "graph",
            "view",
            "config",
            "recipe",
            "evaluate",
            "machine",
            "slurm",
            "folder",
            "run",
            "loop",
            "sweep",
            "course",
            "ipynb",
            "generation",
            "checkup",
            "terminal",
            "handout",
            "sandbox",
            "grading",
            "submission",
            "drawing",
            "coursework",
            "http",
            "service",
            "cli");
    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.scorebook");

    @Test
    void arrowsPointDownward() {
        assertTrue(LIBRARY.size() > 20, "the library's classes were not found: " + LIBRARY.size());
        for (int i = 0; i < ORDER.size() - 1; i++) {
            String[] above = ORDER.subList(i + 1, ORDER.size()).stream()
                    .map(ArchitectureTest::inPackage)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(inPackage(ORDER.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(above)
                    .allowEmptyShould(true)
                    .check(LIBRARY);
        }
    }

    @Test
    void kernelStandsAlone() {
        noClasses()
                .that()
                .resideInAPackage(inPackage("kernel"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ORDER.stream().map(ArchitectureTest::inPackage).toArray(String[]::new))
                .check(LIBRARY);
        noClasses()
                .that()
                .resideOutsideOfPackage(inPackage("kernel"))
                .and()
                .doNotHaveSimpleName("KernelExtension") // loaded by kernels alone
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.dflib..")
                .check(LIBRARY);
        noClasses()
                .that()
                .resideOutsideOfPackage(inPackage("kernel"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(inPackage("kernel"), "org.zeromq..")
                .check(LIBRARY);
    }

    @Test
    void everyPackageHasItsPlace() {
        String[] known = ORDER.stream().map(ArchitectureTest::inPackage).toArray(String[]::new);
        classes()
                .that()
                .resideOutsideOfPackage(inPackage("kernel"))
                .should()
                .resideInAnyPackage(known)
                .check(LIBRARY);
    }

    /** Nobody has to ask which one is meant. */
    @Test
    void noNameStandsTwice() {
        Map<String, List<String>> bySimpleName = LIBRARY.stream()
                .filter(type -> !type.getSimpleName().isEmpty()
                        && !type.getSimpleName().equals("package-info")
                        && !type.isAnonymousClass())
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName, Collectors.mapping(JavaClass::getName, Collectors.toList())));
        bySimpleName.values().removeIf(types -> types.size() == 1);
        assertEquals(Map.of(), bySimpleName);
    }

    @Test
    void noRoomIsTooFull() throws IOException {
        for (String room : ORDER) {
            long lines = 0;
            try (Stream<Path> files = Files.list(Path.of("lib", "src", "org", "scorebook", room))) {
                for (Path file : files.toList()) {
                    lines += Files.readAllLines(file).size();
                }
            }
            assertTrue(lines > 0 && lines <= 2500, room + " has " + lines + " lines");
        }
    }

    /** Its description names each public type of a package, with a link, and links to nothing else that is ours. */
    @Test
    void everyPackageNamesItsPublicTypes() throws IOException {
        Set<String> types = new TreeSet<>();
        Set<String> publicTypes = new TreeSet<>();
        for (JavaClass type : LIBRARY) {
            if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")) {
                types.add(type.getName());
                if (type.getModifiers().contains(JavaModifier.PUBLIC)) {
                    publicTypes.add(type.getName());
                }
            }
        }
        Set<String> linked = new TreeSet<>();
        Set<String> named = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("lib", "src"))) {
            for (Path file : files.filter(f -> f.endsWith("package-info.java")).toList()) {
                String name = file.getParent().getFileName().toString();
                Matcher link = Pattern.compile("\\{@link (org\\.scorebook\\.(\\w+)\\.\\w+)")
                        .matcher(Files.readString(file));
                while (link.find()) {
                    linked.add(link.group(1));
                    if (link.group(2).equals(name)) {
                        named.add(link.group(1));
                    }
                }
            }
        }
        publicTypes.removeAll(named);
        assertEquals(Set.of(), publicTypes, "missing in the description of their package");
        linked.removeAll(types);
        assertEquals(Set.of(), linked, "named, but not there");
    }

    /** Rows begin with the room's name, linked to its description. */
    @Test
    void theListOfRoomsIsTrue() throws IOException {
        Path page = Path.of("lib", "ARCHITECTURE.md");
        List<String> rooms = Files.readAllLines(page).stream()
                .map(Pattern.compile("\\| \\[`(\\w+)`]\\(src/org/scorebook/(\\w+)/package-info\\.java\\) .*")::matcher)
                .filter(Matcher::matches)
                .peek(row -> assertEquals(row.group(1), row.group(2)))
                .map(row -> row.group(1))
                .toList();
        assertEquals(ORDER, rooms);
    }

    @Test
    void theLinksOfThePagesLeadSomewhere() throws IOException {
        for (String page :
                List.of("README.md", "lib/ARCHITECTURE.md", "lib/CONTRIBUTING.md", "notebooks/INSTRUCTORS.md")) {
            Matcher link = Pattern.compile("]\\((?!https?:|#)([^)#]+)").matcher(Files.readString(Path.of(page)));
            int found = 0;
            while (link.find()) {
                assertTrue(Files.exists(Path.of(page).resolveSibling(link.group(1))), page + ": " + link.group(1));
                found++;
            }
            assertTrue(found > 0, page + " has no links");
        }
    }

    private static String inPackage(String name) {
        return "org.scorebook." + name + "..";
    }
}
