package dev.winnow.ppo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher in a made-up repository. Its JDKs print how they were called, one argument a line; its Maven wrapper
 * makes the products.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final String JAVA = "#!/bin/sh\necho \"$0\"\nfor argument; do echo \"$argument\"; done\n";
    private static final String MAVEN = """
            #!/bin/sh
            echo "$@" >>built
            mkdir -p reward-service/target/quarkus-app ppo-client/target loadtest/target/lib
            touch reward-service/target/quarkus-app/quarkus-run.jar ppo-client/target/winnow-ppo-client-1.jar
            touch loadtest/target/winnow-loadtest-1.jar loadtest/target/lib/library.jar
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private record Run(int exit, List<String> out, String err) {}

    @BeforeEach
    void makeRepository() throws IOException {
        // Only JDKs that the tests make: those of this machine would be found as well.
        String script = Files.readString(Path.of("..", "winnow"))
                .replaceFirst("(?s)jdk_folders=\".*?\"\n", "jdk_folders=\"" + folder + "/jdks/*\"\n");
        executable(repository().resolve("winnow"), script);
        executable(repository().resolve("mvnw"), MAVEN);
        for (String source : List.of(
                "pom.xml",
                "proto/pom.xml",
                "proto/winnow/v1/reward.proto",
                "proto/google/rpc/code.proto",
                "reward-service/pom.xml",
                "reward-service/src/main/Service.java",
                "ppo-client/pom.xml",
                "ppo-client/src/main/Client.java",
                "loadtest/pom.xml",
                "loadtest/src/main/Bench.java")) {
            write(repository().resolve(source), "");
        }
        Files.createDirectories(repository().resolve("reward-models/bundles"));
    }

    @Test
    void takesTheFirstJdkThatIsNewEnough() throws IOException, InterruptedException {
        jdk("jdks/a", "17.0.9");
        jdk("jdks/b", "25.0.1");
        jdk("home", "21.0.2");

        assertThat(run("rewards").out().getFirst()).isEqualTo(folder + "/jdks/b/bin/java");

        jdk("home", "26");

        assertThat(run("rewards").out().getFirst()).isEqualTo(folder + "/home/bin/java");
    }

    @Test
    void saysWhatToInstallWhereThereIsNoJdk() throws IOException, InterruptedException {
        jdk("jdks/a", "17.0.9");

        Run run = run("rewards");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("no JDK 25 or newer").contains("install one");
    }

    @Test
    void buildsWhatIsMissingOrOlderThanItsSourcesAndOnlyThat() throws IOException, InterruptedException {
        jdk("home", "25");

        assertThat(run("rewards").err()).contains("building ppo-client");
        assertThat(run("rewards").err()).isEmpty();
        assertThat(run("serve").err()).isEmpty();

        FileTime later = FileTime.fromMillis(System.currentTimeMillis() + 60_000);
        Files.setLastModifiedTime(repository().resolve("reward-service/src/main/Service.java"), later);

        assertThat(run("rewards").err()).isEmpty();
        assertThat(run("segment").err()).contains("building reward-service");
        assertThat(Files.readAllLines(repository().resolve("built")))
                .containsExactly(
                        "-q package -Dmaven.test.skip=true -pl ppo-client -am",
                        "-q package -Dmaven.test.skip=true -pl reward-service -am");
    }

    @Test
    void saysWhereABuildFails() throws IOException, InterruptedException {
        jdk("home", "25");
        executable(repository().resolve("mvnw"), "#!/bin/sh\nexit 1\n");

        Run run = run("show");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("building ppo-client failed");
    }

    @Test
    void servesWithItsDefaults() throws IOException, InterruptedException {
        jdk("home", "25");

        List<String> out = run("serve").out();

        assertThat(out)
                .contains(
                        "-Dquarkus.grpc.server.port=9000",
                        "-Dquarkus.http.port=8080",
                        "-Dquarkus.management.port=9100",
                        "-Dwinnow.bundles=" + repository() + "/reward-models/bundles",
                        "-jar");
        assertThat(out.getLast())
                .as("a copy of the service, out of the next build's way")
                .matches(Pattern.quote(repository() + "/target/serving-") + "[0-9]+/quarkus-run\\.jar");
    }

    @Test
    void removesTheCopiesOfServicesThatHaveEnded() throws IOException, InterruptedException {
        jdk("home", "25");
        Path ended = Path.of(run("serve").out().getLast()).getParent();

        Path next = Path.of(run("serve").out().getLast()).getParent();

        assertThat(ended).doesNotExist();
        assertThat(next).isDirectory();
    }

    @Test
    void servesWithTheCallersOptionsAndFolder() throws IOException, InterruptedException {
        jdk("home", "25");
        Files.createDirectories(folder.resolve("my bundles"));

        assertThat(run(
                                "serve",
                                "--grpc-port",
                                "1",
                                "-Da=b c",
                                "--http-port=2",
                                "--bundles",
                                "my bundles",
                                "--management-port",
                                "0")
                        .out())
                .containsSubsequence(
                        "-Dquarkus.grpc.server.port=1",
                        "-Dquarkus.http.port=2",
                        "-Dquarkus.management.port=0",
                        "-Dwinnow.bundles=" + folder + "/my bundles",
                        "-Da=b c",
                        "-jar");
    }

    @Test
    void measuresACopyOfTheServiceFromACopyOfTheLoadTest() throws IOException, InterruptedException {
        jdk("home", "25");

        Run run = run("bench", "ceiling", "--rounds", "2");

        assertThat(run.err()).contains("building loadtest");
        assertThat(run.out()).endsWith("dev.winnow.loadtest.cli.Bench", "ceiling", "--rounds", "2");
        String service = run.out().stream()
                .filter(argument -> argument.startsWith("-Dwinnow.service="))
                .findFirst()
                .orElseThrow()
                .substring("-Dwinnow.service=".length());
        assertThat(Path.of(service)).exists();
        assertThat(Path.of(service).resolveSibling("bench"))
                .isDirectoryContaining("glob:**/winnow-loadtest-1.jar")
                .isDirectoryContaining("glob:**/library.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "sft", "generate"})
    void trainsFromACopyWithPyTorchBesideIt(String command) throws IOException, InterruptedException {
        jdk("home", "25");

        List<String> out = run(command, "--help").out();

        assertThat(out)
                .contains("-Dorg.bytedeco.openblas.load=mkl")
                .endsWith("dev.winnow.ppo.cli.Winnow", command, "--help");
        String[] classPath = out.get(out.indexOf("-cp") + 1).split(":");
        assertThat(Path.of(classPath[0])).as("a copy").exists().hasFileName("trainer.jar");
        assertThat(classPath[2]).endsWith("/ppo-client/target/lib-trainer/*");
    }

    @Test
    void trainsTheShippedPolicyWithoutOptions() throws IOException, InterruptedException {
        jdk("home", "25");

        List<String> out = run("train").out();

        int command = out.indexOf("dev.winnow.ppo.cli.Winnow");
        assertThat(out.subList(command + 1, command + 3)).containsExactly("train", "--config");
        assertThat(out.get(command + 3)).endsWith("/ppo-client/policies/comments/train.yaml");
        assertThat(out.get(command + 4)).isEqualTo("--run");
        assertThat(out.getLast()).matches("runs/\\d{4}-\\d\\d-\\d\\d-\\d{6}");
        assertThat(Path.of("policies/comments/train.yaml")).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "serve --nonsense 1",
                "serve stray",
                "serve --grpc-port",
                "serve --grpc-port=x",
                "serve --http-port 65536",
                "serve --bundles missing",
                "test stray"
            })
    void refusesWhatItDoesNotKnow(String command) throws IOException, InterruptedException {
        jdk("home", "25");

        Run run = run(command.isEmpty() ? new String[0] : command.split(" "));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("help");
    }

    @Test
    void handsArgumentsOnAsTheyAreAndFollowsLinks() throws IOException, InterruptedException {
        jdk("home", "25");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("the repository", "winnow"));
        Files.createSymbolicLink(folder.resolve("linked"), Path.of("link"));

        assertThat(runScript(folder.resolve("linked"), "show", "two words", "", "*")
                        .out())
                .endsWith("dev.winnow.ppo.cli.Winnow", "show", "two words", "", "*");
    }

    private Path repository() {
        return folder.resolve("the repository");
    }

    private void jdk(String name, String version) throws IOException {
        executable(folder.resolve(name, "bin", "java"), JAVA);
        executable(folder.resolve(name, "bin", "javac"), "");
        write(folder.resolve(name, "release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
    }

    private Run run(String... arguments) throws IOException, InterruptedException {
        return runScript(repository().resolve("winnow"), arguments);
    }

    private Run runScript(Path script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", folder.resolve("home").toString());
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().remove("WINNOW_BUILDS");
        int exit = builder.start().waitFor();
        return new Run(exit, Files.readAllLines(out), Files.readString(err));
    }

    private static void executable(Path file, String text) throws IOException {
        write(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
