package dev.winnow.service.wiring;

import com.google.common.hash.Hashing;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * A bundles folder with the shipped model, the tiny random ones, the first of which tells statistics, and one whose
 * golden file was tampered with.
 */
public final class TestingBundles implements QuarkusTestResourceLifecycleManager {
    private static final Path SHIPPED = Path.of("../reward-models/bundles/toxicity");
    private static final Path MADE_FOR_TESTS = Path.of("src/test/resources/bundles");
    private static final Path TINY = MADE_FOR_TESTS.resolve("tiny");

    @Override
    public Map<String, String> start() {
        try {
            Path root = Files.createDirectories(Path.of("target/testing-bundles"));
            link(root.resolve("toxicity"), SHIPPED);
            for (String tiny : List.of("tiny-chat", "tiny-int8", "tiny-faulty")) {
                link(root.resolve(tiny), MADE_FOR_TESTS.resolve(tiny));
            }
            Path withStatistics = Path.of("target/testing-bundle-with-statistics");
            writeWithStatistics(Files.createDirectories(withStatistics.resolve("1")));
            link(root.resolve("tiny"), withStatistics);
            writeTampered(Files.createDirectories(root.resolve("tampered/1")));
            return Map.of(
                    "winnow.bundles", root.toAbsolutePath().toString(),
                    "winnow.maximum-samples-per-call", "500",
                    "quarkus.grpc.server.test-port", String.valueOf(freePort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {}

    private static void link(Path link, Path target) throws IOException {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target.toAbsolutePath().normalize());
    }

    /** The tiny bundle, whose manifest tells the statistics of quality at two of its four densities. */
    private static void writeWithStatistics(Path folder) throws IOException {
        copyTiny(folder, "model.onnx", "tokenizer.json", "golden.jsonl");
        String manifest = Files.readString(TINY.resolve("1/reward-model.yaml"))
                .replaceFirst("( SENTENCE: .*read_out: mean)", "$1, statistics: {mean: 0.125, std: 2.5}")
                .replaceFirst("read_out: last_token", "$0, statistics: {mean: -3.0, std: 0.0}");
        Files.writeString(folder.resolve("reward-model.yaml"), manifest);
    }

    /** The tiny bundle under another name, with a golden value that the model does not give. */
    private static void writeTampered(Path folder) throws IOException {
        copyTiny(folder, "model.onnx", "tokenizer.json");
        String golden =
                Files.readString(TINY.resolve("1/golden.jsonl")).replaceFirst("\"values\": \\[", "\"values\": [7, ");
        Files.writeString(folder.resolve("golden.jsonl"), golden);
        String manifest = Files.readString(TINY.resolve("1/reward-model.yaml"))
                .replace("name: tiny", "name: tampered")
                .replaceFirst("golden.jsonl: [0-9a-f]{64}", "golden.jsonl: " + sha256(golden));
        Files.writeString(folder.resolve("reward-model.yaml"), manifest);
    }

    private static void copyTiny(Path folder, String... files) throws IOException {
        for (String file : files) {
            Files.copy(TINY.resolve("1").resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String sha256(String text) {
        return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
