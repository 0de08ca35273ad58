package dev.winnow.service.model.onnx;

import static dev.winnow.service.domain.TestingFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.Lifetime;
import dev.winnow.service.domain.TestingResources;
import dev.winnow.service.model.InvalidManifestException;
import dev.winnow.service.model.Logits;
import dev.winnow.service.model.Manifest;
import dev.winnow.service.model.ManifestReader;
import dev.winnow.service.model.ModelFailedException;
import dev.winnow.service.model.TestingManifests;
import dev.winnow.service.model.TokenRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxModelRunnerTest {
    private final OnnxModelRunner runner = open(TestingManifests.tiny());

    @AfterEach
    void close() {
        runner.close();
    }

    @Test
    void givesOneRowOfLogitsPerTokenForEachOutput() {
        Logits logits = run(row(7));
        assertThat(logits.outputs()).containsOnlyKeys("quality_logits", "fluency_logits");
        assertThat(logits.output("quality_logits").labels()).isEqualTo(1);
        assertThat(logits.output("fluency_logits").labels()).isEqualTo(2);
        assertThat(logits.output("fluency_logits").at(6, 1)).isFinite();
    }

    @Test
    void sameRowGivesTheSameBitsWhateverRanBefore() {
        List<Integer> first = bits(run(row(9)), 9);
        List<Integer> other = bits(run(row(30)), 30);
        assertThat(bits(run(row(9)), 9)).isEqualTo(first);
        assertThat(bits(run(row(30)), 30)).isEqualTo(other);
    }

    @Test
    void sameRowGivesTheSameBitsFromSeveralThreads() throws InterruptedException, ExecutionException {
        List<List<Integer>> expected = IntStream.range(1, 64)
                .mapToObj(width -> bits(run(row(width)), width))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<List<Integer>>> runs = new ArrayList<>();
            for (int width = 1; width < 64; width++) {
                int own = width;
                runs.add(threads.submit(() -> bits(run(row(own)), own)));
            }
            for (int index = 0; index < runs.size(); index++) {
                assertThat(runs.get(index).get()).isEqualTo(expected.get(index));
            }
        }
    }

    @Test
    void tokenTypesReachTheModel() {
        TokenRow zeros = new TokenRow(List.of(2, 141, 3), List.of(0, 0, 0));
        TokenRow ones = new TokenRow(List.of(2, 141, 3), List.of(0, 1, 1));
        assertThat(bits(run(ones), 3)).isNotEqualTo(bits(run(zeros), 3));
    }

    @Test
    void idOutsideTheVocabularyFailsTheRunAndNotTheNext() {
        TokenRow bad = new TokenRow(List.of(2, 999_999), List.of(0, 0));
        assertThatThrownBy(() -> run(bad))
                .isInstanceOf(ModelFailedException.class)
                .hasMessageStartingWith("run of 1 rows, 2 tokens wide: ");
        assertThat(bits(run(row(2)), 2)).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            input_ids: input_ids | input_ids: ids | tensors: [attention_mask, ids, token_type_ids] (expected: the inputs of model.onnx, [attention_mask, input_ids, token_type_ids])
            ', token_type_ids: token_type_ids' | '' | tensors: [attention_mask, input_ids] (expected: the inputs of model.onnx, [attention_mask, input_ids, token_type_ids])
            output: quality_logits | output: logits | rewards.quality: output logits (expected: one of the outputs of model.onnx, [fluency_logits, quality_logits])
            read_out: last_token | read_out: pooled | rewards.quality: output quality_logits has shape [-1, -1, 1] (expected: [rows, labels] with label 0)
            label: 1 | label: 2 | rewards.fluency: output fluency_logits has shape [-1, -1, 2] (expected: [rows, width, labels] with label 2)
            """)
    void manifestThatDoesNotFitTheModelIsRefused(String part, String replacement, String message) {
        Manifest manifest = new ManifestReader().read(TestingManifests.tinyWith(part, replacement));
        assertThatThrownBy(() -> open(manifest))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessage(message);
    }

    @Test
    void outputThatTheGraphPoolsHasOneRowOfLogits() throws IOException {
        try (OnnxModelRunner chat = openChat(text -> text)) {
            Logits logits = chat.run(List.of(row(5)), new Lifetime()).getFirst();
            assertThat(logits.outputs()).containsOnlyKeys("pooled_logits", "logits");
            assertThat(logits.output("pooled_logits").labels()).isEqualTo(2);
            assertThat(logits.output("pooled_logits").at(0, 1)).isFinite();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            read_out: pooled | read_out: first_token | (expected: [rows, width, labels] with label 1)
            label: 1, read_out: pooled | label: 2, read_out: pooled | (expected: [rows, labels] with label 2)
            """)
    void readOutThatDoesNotFitAPooledOutputIsRefused(String part, String replacement, String message) {
        assertThatThrownBy(() -> openChat(text -> text.replace(part, replacement)))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessage("rewards.preference: output pooled_logits has shape [-1, 2] " + message);
    }

    @Test
    void fileThatIsNoModelIsRefused() {
        assertThatThrownBy(() -> OnnxModelRunner.open(
                        TestingResources.tinyBundle().resolve("golden.jsonl"), TestingManifests.tiny()))
                .isInstanceOf(ModelFailedException.class)
                .hasMessageStartingWith("model.onnx: ");
    }

    @Test
    void rowsTogetherGiveTheBitsThatEachGivesAlone() {
        List<TokenRow> rows =
                IntStream.of(9, 30, 1, 9, 17).mapToObj(OnnxModelRunnerTest::row).toList();
        List<Logits> together = runner.run(rows, new Lifetime());
        for (int index = 0; index < rows.size(); index++) {
            int width = rows.get(index).width();
            assertThat(bits(together.get(index), width)).isEqualTo(bits(run(rows.get(index)), width));
        }
    }

    @Test
    void pooledOutputOfRowsTogetherIsThatOfEachAlone() throws IOException {
        try (OnnxModelRunner chat = openChat(text -> text)) {
            List<Logits> together = chat.run(List.of(row(5), row(11)), new Lifetime());
            Logits alone = chat.run(List.of(row(11)), new Lifetime()).getFirst();
            assertThat(together.getLast().output("pooled_logits").at(0, 1))
                    .isEqualTo(alone.output("pooled_logits").at(0, 1));
        }
    }

    @Test
    void runWhoseLifetimeHasEndedIsStopped() {
        Lifetime ended = new Lifetime();
        ended.end(new Failure.Cancelled("gone"));
        assertThatThrownBy(() -> runner.run(List.of(row(9)), ended))
                .isInstanceOf(ModelFailedException.class)
                .hasMessageContaining("terminate");
        assertThat(bits(run(row(9)), 9)).as("the next run is not").hasSize(27);
    }

    @Test
    void closingUnderRunsBreaksNoneAndLetsNoneBegin() throws InterruptedException, ExecutionException {
        CountDownLatch running = new CountDownLatch(4);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Failure>> ends = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                ends.add(threads.submit(() -> failureOf(() -> {
                    while (true) {
                        run(row(60));
                        running.countDown();
                    }
                })));
            }
            running.await();
            runner.close();
            for (Future<Failure> end : ends) {
                assertThat(end.get())
                        .isEqualTo(new Failure.Cancelled(
                                "model.onnx: closed (expected: work of a call that is not over)"));
            }
        }
    }

    private Logits run(TokenRow row) {
        return runner.run(row);
    }

    private static OnnxModelRunner open(Manifest manifest) {
        try {
            return OnnxModelRunner.open(TestingResources.tinyBundle().resolve("model.onnx"), manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OnnxModelRunner openChat(UnaryOperator<String> change) throws IOException {
        Path folder = TestingResources.bundle("tiny-chat");
        Manifest manifest =
                new ManifestReader().read(change.apply(Files.readString(folder.resolve("reward-model.yaml"))));
        return OnnxModelRunner.open(folder.resolve("model.onnx"), manifest);
    }

    private static TokenRow row(int width) {
        List<Integer> ids =
                IntStream.range(0, width).mapToObj(index -> 5 + 7 * index % 190).toList();
        return new TokenRow(ids, Collections.nCopies(width, 0));
    }

    private static List<Integer> bits(Logits logits, int width) {
        List<Integer> bits = new ArrayList<>();
        for (int token = 0; token < width; token++) {
            bits.add(Float.floatToRawIntBits(logits.output("quality_logits").at(token, 0)));
            bits.add(Float.floatToRawIntBits(logits.output("fluency_logits").at(token, 0)));
            bits.add(Float.floatToRawIntBits(logits.output("fluency_logits").at(token, 1)));
        }
        return bits;
    }
}
