package dev.winnow.ppo;

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
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the table of layers in {@code docs/adr}: what each package may use of the client and of the wire contract. */
class LayersTest {
    private static final String ROOT = "dev.winnow.ppo.";

    /** Generated messages. */
    private static final Map<String, String> CONTRACTS =
            Map.of("proto", "dev.winnow.v1..", "tensorboard", "dev.winnow.tensorboard.v1..");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.winnow.ppo");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "nothing", textBlock = """
        json    | nothing
        config  | nothing
        tensor  | nothing
        policy  | tensor
        reward  | proto
        rollout | policy reward
        ppo     | tensor policy reward rollout
        sft     | tensor policy rollout ppo
        run     | json config tensor policy reward rollout ppo sft report proto
        report  | json tensorboard
        cli     | json config reward run report proto
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
                        "json", "config", "tensor", "policy", "reward", "rollout", "ppo", "sft", "run", "report",
                        "cli");
    }

    /** Scoring must neither load nor need PyTorch. */
    @ParameterizedTest
    @CsvSource({
        "org.bytedeco.., tensor policy ppo sft",
        "ai.djl.., policy",
        "io.quarkus.., report",
        "org.hipparchus.., report",
        "org.knowm.., report"
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
        slices().matching("dev.winnow.ppo.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    private static String packages(String name) {
        return CONTRACTS.getOrDefault(name, ROOT + name + "..");
    }
}
