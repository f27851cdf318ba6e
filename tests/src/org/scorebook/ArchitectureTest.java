package org.scorebook;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of the packages: a class may use its own package and those before it in the list. */
class ArchitectureTest {
    private static final List<String> ORDER = List.of(
            "base",
            "process",
            "aten",
            "score",
            "data",
            "model",
            "sample",
            "train",
            "metric",
            "view",
            "config",
            "recipe",
            "evaluate",
            "run",
            "loop",
            "course",
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
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(inPackage("kernel"), "org.dflib..", "org.zeromq..")
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

    private static String inPackage(String name) {
        return "org.scorebook." + name + "..";
    }
}
