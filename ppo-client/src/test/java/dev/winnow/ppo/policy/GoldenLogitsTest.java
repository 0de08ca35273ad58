package dev.winnow.ppo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.ppo.policy.TestingPolicies.Golden;
import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The policy against transformers: the same logits for every prompt, however it is batched and cached. */
class GoldenLogitsTest {
    @SuppressWarnings("NullAway.Init") // set before each test
    private PointerScope scope;

    @SuppressWarnings("NullAway.Init") // set before each test
    private NoGradGuard noGradients;

    @BeforeEach
    void openScope() {
        scope = new PointerScope();
        noGradients = new NoGradGuard();
    }

    @AfterEach
    void closeScope() {
        noGradients.close();
        scope.close();
    }

    @ParameterizedTest
    @MethodSource("dev.winnow.ppo.policy.TestingPolicies#all")
    void promptAlone(Path folder) throws IOException {
        Golden golden = Golden.logits(folder);
        try (Policy policy = Policy.read(folder, ComputeDevice.CPU)) {
            for (int number = 0; number < golden.prompts().size(); number++) {
                List<long[]> prompt = List.of(golden.prompts().get(number));

                float[] logits = Tensors.floats(policy.logits(TokenBatch.leftPadded(prompt)));

                assertClose(logits, golden.numbers().get(number), folder);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.winnow.ppo.policy.TestingPolicies#all")
    void promptsPaddedOnEitherSide(Path folder) throws IOException {
        Golden golden = Golden.logits(folder);
        try (Policy policy = Policy.read(folder, ComputeDevice.CPU)) {
            for (TokenBatch batch :
                    List.of(TokenBatch.leftPadded(golden.prompts()), TokenBatch.rightPadded(golden.prompts()))) {
                List<float[]> rows = real(policy.logits(batch), batch);

                for (int number = 0; number < rows.size(); number++) {
                    assertClose(rows.get(number), golden.numbers().get(number), folder);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.winnow.ppo.policy.TestingPolicies#all")
    void tokenByTokenFromTheCache(Path folder) throws IOException {
        Golden golden = Golden.logits(folder);
        try (Policy policy = Policy.read(folder, ComputeDevice.CPU)) {
            for (int number = 0; number < golden.prompts().size(); number++) {
                long[] prompt = golden.prompts().get(number);
                try (KeyValueCache cache = policy.cache(1, prompt.length)) {
                    int vocabulary = policy.config().vocabularySize();
                    for (int position = 0; position < prompt.length; position++) {
                        TokenBatch token = TokenBatch.leftPadded(List.of(new long[] {prompt[position]}));

                        float[] logits = Tensors.floats(policy.nextLogits(token, cache));

                        int begin = position * vocabulary;
                        float[] expected = Arrays.copyOfRange(golden.numbers().get(number), begin, begin + vocabulary);
                        assertClose(logits, expected, folder);
                    }
                }
            }
        }
    }

    /** A batch of beginnings, then one of ends, which begin in different columns and at different positions. */
    @ParameterizedTest
    @MethodSource("dev.winnow.ppo.policy.TestingPolicies#all")
    void paddedBatchBehindAPaddedBatchInTheCache(Path folder) throws IOException {
        Golden golden = Golden.logits(folder);
        List<long[]> prompts = List.of(golden.prompts().get(0), golden.prompts().get(2));
        List<long[]> beginnings =
                prompts.stream().map(ids -> Arrays.copyOf(ids, ids.length / 2)).toList();
        List<long[]> ends = prompts.stream()
                .map(ids -> Arrays.copyOfRange(ids, ids.length / 2, ids.length))
                .toList();
        try (Policy policy = Policy.read(folder, ComputeDevice.CPU);
                KeyValueCache cache = policy.cache(2, 40)) {
            policy.nextLogits(TokenBatch.rightPadded(beginnings), cache);

            float[] logits = Tensors.floats(policy.nextLogits(TokenBatch.leftPadded(ends), cache));

            int vocabulary = policy.config().vocabularySize();
            List<float[]> expected = new ArrayList<>();
            for (float[] all : List.of(golden.numbers().get(0), golden.numbers().get(2))) {
                expected.add(Arrays.copyOfRange(all, all.length - vocabulary, all.length));
            }
            assertClose(Arrays.copyOf(logits, vocabulary), expected.get(0), folder);
            assertClose(Arrays.copyOfRange(logits, vocabulary, 2 * vocabulary), expected.get(1), folder);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.winnow.ppo.policy.TestingPolicies#all")
    void likeliestTokensThatFollow(Path folder) throws IOException {
        Golden golden = Golden.logits(folder);
        try (Policy policy = Policy.read(folder, ComputeDevice.CPU)) {
            int length = golden.greedy().getFirst().length;

            List<Generation> generations = new Generator(policy, Set.of())
                    .generate(golden.prompts(), new long[3], Sampling.GREEDY, ResponseLength.atMost(length));

            assertThat(generations).extracting(Generation::tokens).containsExactlyElementsOf(golden.greedy());
        }
    }

    @Test
    void values() throws IOException {
        Path folder = TestingPolicies.folder("value");
        Golden golden = Golden.values(folder);
        try (ValueModel model = ValueModel.read(folder, ComputeDevice.CPU)) {
            for (TokenBatch batch :
                    List.of(TokenBatch.leftPadded(golden.prompts()), TokenBatch.rightPadded(golden.prompts()))) {
                List<float[]> rows = real(model.values(batch).unsqueeze(-1), batch);

                for (int number = 0; number < rows.size(); number++) {
                    assertClose(rows.get(number), golden.numbers().get(number), folder);
                }
            }
        }
    }

    /** Returns what a tensor {@code [rows, width, numbers]} has at the tokens of each row. */
    private static List<float[]> real(Tensor tensor, TokenBatch batch) {
        float[] all = Tensors.floats(tensor);
        int numbers = all.length / (batch.rows() * batch.width());
        List<float[]> rows = new ArrayList<>();
        for (int row = 0; row < batch.rows(); row++) {
            int begin = 0;
            while (!batch.isReal(row, begin)) {
                begin++;
            }
            int end = begin;
            while (end < batch.width() && batch.isReal(row, end)) {
                end++;
            }
            int rowBegin = row * batch.width();
            rows.add(Arrays.copyOfRange(all, (rowBegin + begin) * numbers, (rowBegin + end) * numbers));
        }
        return rows;
    }

    private static void assertClose(float[] found, float[] expected, Path folder) {
        assertThat(found).hasSameSizeAs(expected);
        double largest = 0;
        for (int index = 0; index < found.length; index++) {
            largest = Math.max(largest, Math.abs(found[index] - expected[index]));
        }
        assertThat(largest).isLessThan(TestingPolicies.tolerance(folder));
    }
}
