package dev.winnow.service.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.TestingResources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExternalDataTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void fileBesideTheGraphIsFound() throws IOException {
        assertThat(ExternalData.files(TestingResources.bundle("tiny-chat").resolve("model.onnx")))
                .containsExactly("model.onnx.data");
    }

    @Test
    void graphWithAllItsWeightsTakesThemFromNoFile() throws IOException {
        assertThat(ExternalData.files(TestingResources.tinyBundle().resolve("model.onnx")))
                .isEmpty();
    }

    /** The fields that lead from the model to a tensor, by their numbers in onnx.proto3. */
    @ParameterizedTest
    @CsvSource({
        "initializer, 7 5",
        "sparse initializer's values, 7 15 1",
        "sparse initializer's indices, 7 15 2",
        "constant of a node, 7 1 5 5",
        "one of a node's tensors, 7 1 5 10",
        "sparse constant, 7 1 5 22 1",
        "initializer of a branch, 7 1 5 6 5",
        "initializer of one of a node's graphs, 7 1 5 11 5",
        "constant of a function, 25 7 5 5"
    })
    void fileOfAnyTensorIsFound(String place, String fields) throws IOException {
        byte[] model = tensor("weights.bin");
        String[] path = fields.split(" ");
        for (int index = path.length - 1; index >= 0; index--) {
            model = field(Integer.parseInt(path[index]), model);
        }
        Path file = Files.write(folder.resolve("model.onnx"), model);
        assertThat(ExternalData.files(file)).as(place).containsExactly("weights.bin");
    }

    /** A name, numbers of each width, 300 bytes that look like external data, then where the real ones are. */
    private static byte[] tensor(String location) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(field(8, "weight".getBytes(StandardCharsets.UTF_8)));
        bytes.write(new byte[] {2 << 3, (byte) 0x81, 1});
        bytes.write(new byte[] {(3 << 3) | 5, 1, 2, 3, 4});
        bytes.write(new byte[] {(4 << 3) | 1, 1, 2, 3, 4, 5, 6, 7, 8});
        bytes.write(field(
                9,
                (new String(field(13, entry("location", "other.bin")), StandardCharsets.UTF_8) + " ".repeat(270))
                        .getBytes(StandardCharsets.UTF_8)));
        bytes.write(field(13, entry("location", location)));
        bytes.write(field(13, entry("offset", "4096")));
        return bytes.toByteArray();
    }

    private static byte[] entry(String key, String value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(field(1, key.getBytes(StandardCharsets.UTF_8)));
        bytes.write(field(2, value.getBytes(StandardCharsets.UTF_8)));
        return bytes.toByteArray();
    }

    private static byte[] field(int number, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writeVarint((number << 3) | 2, bytes);
        writeVarint(content.length, bytes);
        bytes.write(content);
        return bytes.toByteArray();
    }

    private static void writeVarint(int value, ByteArrayOutputStream bytes) {
        int rest = value;
        while (rest > 0x7f) {
            bytes.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes.write(rest);
    }
}
