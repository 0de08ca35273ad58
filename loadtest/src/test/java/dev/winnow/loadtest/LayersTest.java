package dev.winnow.loadtest;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the table of layers in {@code docs/adr/0025}: what each package may use of the load test and of the contract. */
class LayersTest {
    private static final String ROOT = "dev.winnow.loadtest.";
    private static final String PROTO = "dev.winnow.v1";
    private static final String CLIENT = "dev.winnow.ppo.reward";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.winnow.loadtest");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "nothing", textBlock = """
        statistics | nothing
        bundle     | nothing
        process    | nothing
        text       | proto
        load       | statistics proto
        report     | statistics
        bare       | bundle process
        simulation | statistics text
        scenario   | statistics bundle process text load report bare simulation proto
        drill      | bundle process text report scenario client proto
        cli        | report scenario drill
        """)
    void packageUsesOnlyItsLayers(String name, String allowed) {
        String[] own = Stream.concat(Stream.of(name), allowed == null ? Stream.of() : Arrays.stream(allowed.split(" ")))
                .map(LayersTest::packages)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(packages(name))
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.winnow..").and(not(resideInAnyPackage(own))))
                .check(CLASSES);
    }

    @Test
    void tableNamesEveryPackage() {
        assertThat(CLASSES.stream()
                        .map(type ->
                                type.getPackageName().substring(ROOT.length()).split("\\.")[0])
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "statistics",
                        "bundle",
                        "process",
                        "text",
                        "load",
                        "report",
                        "bare",
                        "simulation",
                        "scenario",
                        "drill",
                        "cli");
    }

    @ParameterizedTest
    @CsvSource({
        "ai.onnxruntime.., bare",
        "ai.djl.., bundle",
        "org.HdrHistogram.., statistics",
        "org.knowm.xchart.., report",
        "com.github.freva.., report",
        "picocli.., scenario cli",
        "io.grpc.., load"
    })
    void libraryHasItsUsersAlone(String library, String users) {
        String[] packages =
                Arrays.stream(users.split(" ")).map(LayersTest::packages).toArray(String[]::new);
        noClasses()
                .that(not(resideInAnyPackage(packages)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
        assertThat(CLASSES.stream()
                        .filter(resideInAnyPackage(packages))
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .anyMatch(dependency -> resideInAPackage(library).test(dependency.getTargetClass())))
                .isTrue();
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.winnow.loadtest.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    private static String packages(String name) {
        return switch (name) {
            case "proto" -> PROTO + "..";
            case "client" -> CLIENT + "..";
            default -> ROOT + name + "..";
        };
    }
}
