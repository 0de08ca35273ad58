package dev.winnow.loadtest.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/**
 * Where, when and on what something was measured.
 *
 * @param processor the model that the system names
 * @param cores that Java may use
 * @param memoryGibibytes of the machine
 * @param commit of the repository, with {@code (modified)} where the working tree differs from it
 */
public record Machine(
        String date,
        String commit,
        String processor,
        int cores,
        double memoryGibibytes,
        String java,
        String onnxRuntime) {
    /**
     * Asks the system.
     *
     * @param repository the working tree that the service was built from
     */
    public static Machine here(Path repository) throws IOException, InterruptedException {
        return new Machine(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                commit(repository),
                valueOf(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                Math.round(Long.parseLong(valueOf(Path.of("/proc/meminfo"), "MemTotal")
                                        .replaceAll("\\D", ""))
                                / 1048576.0
                                * 10)
                        / 10.0,
                Runtime.version().toString(),
                onnxRuntimeVersion());
    }

    private static String commit(Path repository) throws IOException, InterruptedException {
        String commit = git(repository, "rev-parse", "--short=12", "HEAD");
        return git(repository, "status", "--porcelain", "--untracked-files=no").isEmpty()
                ? commit
                : commit + " (modified)";
    }

    private static String git(Path repository, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return git.waitFor() == 0 ? answer : "unknown";
    }

    private static String valueOf(Path file, String key) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }

    private static String onnxRuntimeVersion() throws IOException {
        try (InputStream file = Objects.requireNonNull(Machine.class.getResourceAsStream("versions.properties"))) {
            Properties versions = new Properties();
            versions.load(file);
            return versions.getProperty("onnxruntime");
        }
    }
}
