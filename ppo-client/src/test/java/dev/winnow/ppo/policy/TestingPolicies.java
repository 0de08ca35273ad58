package dev.winnow.ppo.policy;

import dev.winnow.ppo.tensor.Safetensors;
import dev.winnow.ppo.tensor.Scopes;
import dev.winnow.ppo.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * The random models of {@code python -m winnow_models tiny_llama}, and the directories that the system property
 * {@code winnow.policies} names, with commas between them; {@code python -m winnow_models golden-logits} must have run
 * there.
 */
final class TestingPolicies {
    private static final Path FOLDER = Path.of("src/test/resources/policies");

    private TestingPolicies() {}

    static Path folder(String name) {
        return FOLDER.resolve(name);
    }

    static Stream<Path> all() {
        String others = System.getProperty("winnow.policies", "");
        return Stream.concat(
                Stream.of("tied", "grouped", "llama3", "linear").map(TestingPolicies::folder),
                Arrays.stream(others.split(",")).filter(path -> !path.isEmpty()).map(Path::of));
    }

    /** Returns how near fp32 comes to the reference: the logits of a real model are larger than those of a tiny one. */
    static double tolerance(Path folder) {
        return folder.startsWith(FOLDER) ? 1e-4 : 1e-3;
    }

    /**
     * What transformers computed with three prompts, each alone.
     *
     * @param numbers logits {@code [tokens, vocabulary]} or values {@code [tokens]}
     * @param greedy the likeliest tokens that follow; none for a value model
     */
    record Golden(List<long[]> prompts, List<float[]> numbers, List<long[]> greedy) {
        static Golden logits(Path folder) throws IOException {
            try (Safetensors file = new Safetensors(folder.resolve("golden.safetensors"))) {
                return new Golden(longs(file, "ids"), floats(file, "logits"), longs(file, "greedy"));
            }
        }

        static Golden values(Path folder) throws IOException {
            try (Safetensors file = new Safetensors(folder.resolve("golden.safetensors"))) {
                return new Golden(longs(file, "ids"), floats(file, "values"), List.of());
            }
        }

        private static List<long[]> longs(Safetensors file, String name) {
            return IntStream.range(0, 3)
                    .mapToObj(number -> Scopes.read(() -> Tensors.longs(read(file, name + "." + number))))
                    .toList();
        }

        private static List<float[]> floats(Safetensors file, String name) {
            return IntStream.range(0, 3)
                    .mapToObj(number -> Scopes.read(() -> Tensors.floats(read(file, name + "." + number))))
                    .toList();
        }

        private static Tensor read(Safetensors file, String name) {
            try {
                return file.read(name);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Copies a model's files. */
    static Path copy(String name, Path target) throws IOException {
        Files.createDirectories(target);
        try (Stream<Path> files = Files.list(folder(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
        return target;
    }
}
