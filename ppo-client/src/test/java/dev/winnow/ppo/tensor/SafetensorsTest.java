package dev.winnow.ppo.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    private static final String ONE_TENSOR = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private PointerScope scope;

    @BeforeEach
    void openScope() {
        scope = new PointerScope();
    }

    @AfterEach
    void closeScope() {
        scope.close();
    }

    /** By the format's definition: a length in eight bytes, JSON, numbers, all little-endian. */
    @Test
    void readsTheBytesOfTheFormat() throws IOException {
        ByteBuffer numbers = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        Path file = write(ONE_TENSOR, numbers.putFloat(1.5f).putFloat(-2).array());

        try (Safetensors safetensors = new Safetensors(file)) {
            assertThat(safetensors.names()).containsExactly("a");
            Tensor tensor = safetensors.read("a", ComputeDevice.CPU, 1, 2);
            assertThat(Tensors.floats(tensor)).containsExactly(1.5f, -2);
            assertThat(Tensors.shape(tensor)).containsExactly(1L, 2L);
        }
    }

    /** 1 + 2^-9 is halved away in 16 bits of the one kind, and is itself in the other; 1e5 is infinite there. */
    @ParameterizedTest
    @CsvSource({"F32, 1.001953125, 100000", "F16, 1.001953125, Infinity", "BF16, 1.0, 99840"})
    void readsWhatItWrote(StoredType type, float expectedSmall, float expectedLarge) throws IOException {
        Path file = folder.resolve("written.safetensors");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("z", Tensors.of(new float[] {1 + 1f / 512, 100_000}, ComputeDevice.CPU, 2, 1));
        tensors.put(
                "a",
                Tensors.of(new float[] {7, 8, 9, 10, 11, 12}, ComputeDevice.CPU, 2, 3)
                        .transpose(0, 1));
        tensors.put("empty", Tensors.of(new float[0], ComputeDevice.CPU, 0, 4));

        Safetensors.write(file, tensors, type);

        try (Safetensors safetensors = new Safetensors(file)) {
            assertThat(safetensors.names()).containsExactly("z", "a", "empty");
            assertThat(Tensors.floats(safetensors.read("z"))).containsExactly(expectedSmall, expectedLarge);
            assertThat(Tensors.floats(safetensors.read("a", ComputeDevice.CPU, 3, 2)))
                    .containsExactly(7, 10, 8, 11, 9, 12);
            assertThat(safetensors.read("empty").numel()).isZero();
        }
        assertThat(folder.toFile().list()).containsExactly("written.safetensors");
    }

    @Test
    void namesTheTensorThatIsMissingOrOfAnotherShape() throws IOException {
        Path file = write(ONE_TENSOR, new byte[8]);

        try (Safetensors safetensors = new Safetensors(file)) {
            assertThatThrownBy(() -> safetensors.read("b")).hasMessage(file + ": b: missing (expected: a tensor)");
            assertThatThrownBy(() -> safetensors.read("a", ComputeDevice.CPU, 2, 1))
                    .hasMessage(file + ": a: [1, 2] (expected: [2, 1])");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9]}}  | a: 9 bytes (expected: 8 for its shape)
        {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}} | a: bytes 0 to 12 (expected: within 0 to 8; is the file cut short?)
        {"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}} | a: bytes -8 to 0 (expected: within 0 to 8; is the file cut short?)
        {"a":{"dtype":"F8","shape":[2],"data_offsets":[0,8]}}   | a: dtype F8 (expected: F32, F16, BF16, I64)
        {"a":{"shape":[2],"data_offsets":[0,8]}}                | a: {"shape":[2],"data_offsets":[0,8]} (expected: dtype, shape and data_offsets)
        []                                                      | header: no JSON object (expected: the header of a safetensors file)
        """)
    void refusesHeadersThatDoNotFit(String header, String message) throws IOException {
        Path file = write(header, new byte[8]);

        assertThatThrownBy(() -> new Safetensors(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessage(file + ": " + message);
    }

    @Test
    void refusesFilesThatAreCutAnywhere() throws IOException {
        byte[] whole = Files.readAllBytes(write(ONE_TENSOR, new byte[8]));

        for (int length = 0; length < whole.length; length++) {
            Path cut = folder.resolve("cut.safetensors");
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> new Safetensors(cut)).isInstanceOf(ModelFileException.class);
        }
    }

    private Path write(String header, byte[] numbers) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        return Files.write(
                folder.resolve("file.safetensors"),
                bytes.putLong(json.length).put(json).put(numbers).array());
    }
}
