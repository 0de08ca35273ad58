package dev.winnow.ppo.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.ppo.tensor.ComputeDevice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Responses of a random model; prompts of unequal lengths are padded. */
class GeneratorTest {
    private static final List<long[]> PROMPTS = List.of(
            new long[] {1, 40, 41, 42, 50, 60, 7}, new long[] {1}, new long[] {1, 9, 9}, new long[] {1, 77, 30});
    private static final long[] SEEDS = {11, 12, 13, 14};

    @SuppressWarnings("NullAway.Init") // set before each test
    private Policy policy;

    @BeforeEach
    void read() throws IOException {
        policy = Policy.read(TestingPolicies.folder("grouped"), ComputeDevice.CPU);
    }

    @AfterEach
    void close() {
        policy.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "1, 0, 1", "0.7, 20, 1", "1, 0, 0.9"})
    void responseIsThatOfThePromptAlone(double temperature, int topK, double topP) {
        Sampling sampling = new Sampling(temperature, topK, topP);
        // So many ends that rows end at different times and are dropped.
        Generator generator = new Generator(policy, Set.of(2, 10, 20, 30, 40, 50, 60, 70, 80, 90));

        List<Generation> together = generator.generate(PROMPTS, SEEDS, sampling, ResponseLength.atMost(30));

        for (int row = 0; row < PROMPTS.size(); row++) {
            List<Generation> alone = generator.generate(
                    List.of(PROMPTS.get(row)), new long[] {SEEDS[row]}, sampling, ResponseLength.atMost(30));
            assertThat(together.get(row).tokens())
                    .containsExactly(alone.getFirst().tokens());
            assertThat(together.get(row).ended()).isEqualTo(alone.getFirst().ended());
        }
        if (temperature == 1) {
            assertThat(together.stream()
                            .map(generation -> generation.tokens().length)
                            .distinct())
                    .hasSizeGreaterThan(2);
        }
    }

    @Test
    void endsWithTheFirstEndToken() {
        Sampling sampling = new Sampling(1, 0, 1);
        long[] free = new Generator(policy, Set.of())
                .generate(PROMPTS, SEEDS, sampling, ResponseLength.atMost(20))
                .getFirst()
                .tokens();
        assertThat(free).hasSize(20);
        int end = (int) free[7];

        Generation ended = new Generator(policy, Set.of(end))
                .generate(PROMPTS, SEEDS, sampling, ResponseLength.atMost(20))
                .getFirst();

        assertThat(ended.ended()).isTrue();
        assertThat(ended.tokens().length).isBetween(1, 8);
        assertThat(ended.tokens()).containsExactly(Arrays.copyOf(free, ended.tokens().length));
        assertThat(ended.tokens()[ended.tokens().length - 1]).isEqualTo(end);
    }

    @Test
    void doesNotEndBeforeTheFewestTokens() {
        Sampling sampling = new Sampling(1, 0, 1);
        Set<Integer> ends = Set.of(2, 10, 20, 30, 40, 50, 60, 70, 80, 90);
        Generator generator = new Generator(policy, ends);

        List<Generation> free = generator.generate(PROMPTS, SEEDS, sampling, ResponseLength.atMost(20));
        List<Generation> longer = generator.generate(PROMPTS, SEEDS, sampling, new ResponseLength(12, 20));
        List<Generation> equal = generator.generate(PROMPTS, SEEDS, sampling, new ResponseLength(20, 20));

        assertThat(free).anyMatch(generation -> generation.tokens().length <= 12);
        assertThat(longer).allMatch(generation -> generation.tokens().length > 12);
        assertThat(longer).anyMatch(Generation::ended);
        assertThat(equal).allMatch(generation -> !generation.ended() && generation.tokens().length == 20);
        assertThat(equal)
                .noneMatch(
                        generation -> Arrays.stream(generation.tokens()).anyMatch(token -> ends.contains((int) token)));
    }

    @Test
    void refusesLengthsThatCannotBe() {
        assertThatThrownBy(() -> ResponseLength.atMost(0)).hasMessage("new tokens: 0 (expected: 1 or above)");
        assertThatThrownBy(() -> new ResponseLength(5, 4))
                .hasMessage("fewest new tokens: 5 (expected: from 0 to 4, the most)");
        assertThatThrownBy(() -> new ResponseLength(-1, 4)).hasMessageStartingWith("fewest new tokens: -1");
    }

    @Test
    void otherSeedsGiveOtherResponses() {
        Generator generator = new Generator(policy, Set.of());
        List<long[]> same = List.of(PROMPTS.getFirst(), PROMPTS.getFirst(), PROMPTS.getFirst());

        List<Generation> responses =
                generator.generate(same, new long[] {1, 2, 1}, new Sampling(1, 0, 1), ResponseLength.atMost(10));

        assertThat(responses.get(0).tokens()).isNotEqualTo(responses.get(1).tokens());
        assertThat(responses.get(0).tokens()).isEqualTo(responses.get(2).tokens());
    }

    @Test
    void refusesWhatTheModelHasNoRoomFor() {
        Generator generator = new Generator(policy, Set.of());

        assertThat(generator.generate(PROMPTS, SEEDS, Sampling.GREEDY, ResponseLength.atMost(57)))
                .hasSize(4);
        assertThatThrownBy(() -> generator.generate(PROMPTS, SEEDS, Sampling.GREEDY, ResponseLength.atMost(58)))
                .hasMessage("new tokens: 58 (expected: at most 57, behind a prompt of 7)");
        assertThatThrownBy(() -> generator.generate(PROMPTS, new long[1], Sampling.GREEDY, ResponseLength.atMost(1)))
                .hasMessage("seeds: 1 (expected: 4, one for each prompt)");
        assertThatThrownBy(() -> generator.generate(
                        List.of(new long[0]), new long[1], Sampling.GREEDY, ResponseLength.atMost(1)))
                .hasMessage("batch: row 0 is empty (expected: at least one token)");
        assertThatThrownBy(() -> generator.generate(
                        List.of(new long[] {99}), new long[1], Sampling.GREEDY, ResponseLength.atMost(1)))
                .hasMessage("batch: token 99 (expected: from 0 to 98)");
    }

    @Test
    void leavesNothingOutsideOfTheHeap() {
        Generator generator = new Generator(policy, Set.of(2, 20, 40, 60, 80));
        List<Long> live = new ArrayList<>();

        for (int step = 0; step < 5; step++) {
            generator.generate(PROMPTS, SEEDS, new Sampling(1, 20, 0.9), ResponseLength.atMost(20));
            live.add(Pointer.totalCount());
        }

        assertThat(live).as("live pointers after each step").containsOnly(live.getFirst());
    }
}
