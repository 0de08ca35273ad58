package dev.winnow.service;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the table of layers in {@code docs}: what each package may use of this service and of the wire contract. */
class LayersTest {
    private static final String ROOT = "dev.winnow.service.";
    private static final String PROTO = "dev.winnow.v1";
    private static final String ENGINE = "domain admission text segment model input batch align pipeline loading";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.winnow.service");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "nothing", textBlock = """
            domain    | nothing
            admission | domain
            text      | domain
            segment   | domain
            model     | domain
            input     | domain text segment model
            batch     | domain model
            align     | domain input model
            pipeline  | domain admission text segment model input batch align
            loading   | domain admission text segment model input batch align pipeline
            grpc      | domain admission pipeline loading model config proto
            ops       | domain admission batch loading pipeline config
            config    | nothing
            cli       | domain segment input proto
            """)
    void packageUsesOnlyItsLayers(String name, String allowed) {
        String[] own = Stream.concat(Stream.of(name), allowed == null ? Stream.of() : Arrays.stream(allowed.split(" ")))
                .map(LayersTest::packages)
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> ours = resideInAnyPackage("dev.winnow..");
        noClasses()
                .that()
                .resideInAPackage(packages(name))
                .should()
                .dependOnClassesThat(ours.and(not(resideInAnyPackage(own))))
                .check(CLASSES);
    }

    @Test
    void tableNamesEveryPackage() {
        assertThat(CLASSES.stream()
                        .map(type ->
                                type.getPackageName().substring(ROOT.length()).split("\\.")[0])
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(Stream.concat(
                                Arrays.stream(ENGINE.split(" ")), Stream.of("grpc", "ops", "config", "cli", "wiring"))
                        .toArray(String[]::new));
    }

    @Test
    void domainUsesOnlyJavaAndItsAnnotations() {
        classes()
                .that()
                .resideInAPackage(packages("domain"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(packages("domain"), "java..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void engineKnowsNeitherFrameworkNorWire() {
        noClasses()
                .that()
                .resideInAnyPackage(Arrays.stream(ENGINE.split(" "))
                        .map(LayersTest::packages)
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta..", PROTO + "..", "io.grpc..", "com.google.protobuf..")
                .check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({
        "ai.djl.., dev.winnow.service.text.hf..",
        "ai.onnxruntime.., dev.winnow.service.model.onnx..",
        "com.ibm.icu.., dev.winnow.service.segment.."
    })
    void libraryHasOneUser(String library, String user) {
        noClasses()
                .that(not(resideInAPackage(user)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
        assertThat(CLASSES.stream()
                        .filter(resideInAPackage(user))
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .anyMatch(dependency -> resideInAPackage(library).test(dependency.getTargetClass())))
                .isTrue();
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.winnow.service.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    private static String packages(String name) {
        return name.equals("proto") ? PROTO + ".." : ROOT + name + "..";
    }
}
