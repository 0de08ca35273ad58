package dev.winnow.service.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A bundles folder of the tiny bundle alone, whose versions tests add and remove while the service looks at it all the
 * time. Version {@code N} adds {@code N} to each value of quality, so that a value tells its version.
 */
public final class ReloadingBundles implements QuarkusTestResourceLifecycleManager {
    private static final Path TINY = Path.of("src/test/resources/bundles/tiny/1");
    private static final Path ROOT = Path.of("target/reloading-bundles");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public Map<String, String> start() {
        try {
            if (Files.exists(ROOT)) {
                MoreFiles.deleteRecursively(ROOT, RecursiveDeleteOption.ALLOW_INSECURE);
            }
            add(1);
            return Map.of(
                    "winnow.bundles",
                    ROOT.toAbsolutePath().toString(),
                    "winnow.admin.enabled",
                    "true",
                    "winnow.reload.interval",
                    "50MS",
                    "quarkus.grpc.server.test-port",
                    String.valueOf(freePort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {}

    /** After the bundles of the other tests, so that these settings win. */
    @Override
    public int order() {
        return 1;
    }

    public static Path folder(int version) {
        return ROOT.resolve("tiny").resolve(Integer.toString(version));
    }

    /** Adds a version in one step: it is written aside and moved. */
    public static void add(int version) throws IOException {
        addWithout(version, "");
    }

    /** Adds a version that lacks one of its files. */
    public static void addWithout(int version, String missing) throws IOException {
        Path aside = Files.createDirectories(ROOT.resolve(".incoming/" + version));
        for (String file : List.of("model.onnx", "tokenizer.json")) {
            Files.copy(TINY.resolve(file), aside.resolve(file));
        }
        String golden = golden(version);
        Files.writeString(aside.resolve("golden.jsonl"), golden);
        Files.writeString(
                aside.resolve("reward-model.yaml"),
                Files.readString(TINY.resolve("reward-model.yaml"))
                        .replace("version: '1'", "version: '%d'".formatted(version))
                        .replace("bias: 0.1", "bias: " + (0.1 + version))
                        .replaceFirst("golden.jsonl: [0-9a-f]{64}", "golden.jsonl: " + sha256(golden)));
        if (!missing.isEmpty()) {
            Files.delete(aside.resolve(missing));
        }
        Files.createDirectories(folder(version).getParent());
        Files.move(aside, folder(version));
    }

    public static void remove(int version) throws IOException {
        MoreFiles.deleteRecursively(folder(version), RecursiveDeleteOption.ALLOW_INSECURE);
    }

    private static String golden(int version) throws IOException {
        StringBuilder golden = new StringBuilder();
        for (String line : Files.readAllLines(TINY.resolve("golden.jsonl"))) {
            JsonNode parsed = JSON.readTree(line);
            for (JsonNode vector : parsed.get("rewards")) {
                ArrayNode values = (ArrayNode) vector.get("values");
                for (int index = 0; index < values.size(); index++) {
                    if (vector.get("reward").asText().equals("quality")) {
                        values.set(index, values.get(index).asDouble() + version);
                    }
                }
            }
            golden.append(JSON.writeValueAsString(parsed)).append('\n');
        }
        return golden.toString();
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
