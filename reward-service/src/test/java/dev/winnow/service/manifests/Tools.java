package dev.winnow.service.manifests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Programs that read what the manifests hold. Where none is installed tests are skipped, but not in CI. */
final class Tools {
    /** Either renders a folder. */
    static final List<List<String>> KUSTOMIZE = List.of(List.of("kubectl", "kustomize"), List.of("kustomize", "build"));

    static final List<List<String>> PROMTOOL = List.of(List.of("promtool"));

    private Tools() {}

    /**
     * Runs the first of some programs that is installed.
     *
     * @return what it prints
     */
    static String run(List<List<String>> programs, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(installed(programs));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(command + ": " + printed);
        }
        return printed;
    }

    private static List<String> installed(List<List<String>> programs) {
        List<String> found = programs.stream()
                .filter(program -> isInstalled(program.getFirst()))
                .findFirst()
                .orElse(List.of());
        assumeTrue(!found.isEmpty() || System.getenv("CI") != null, programs + ": none is installed");
        if (found.isEmpty()) {
            throw new AssertionError(programs + ": none is installed (expected: one, in CI)");
        }
        return found;
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
