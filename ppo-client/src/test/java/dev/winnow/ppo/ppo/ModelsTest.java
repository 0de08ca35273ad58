package dev.winnow.ppo.ppo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.winnow.ppo.policy.Generation;
import dev.winnow.ppo.policy.Generator;
import dev.winnow.ppo.policy.Policy;
import dev.winnow.ppo.policy.ResponseLength;
import dev.winnow.ppo.policy.Sampling;
import dev.winnow.ppo.policy.TokenBatch;
import dev.winnow.ppo.policy.ValueHead;
import dev.winnow.ppo.policy.ValueModel;
import dev.winnow.ppo.rollout.Prompt;
import dev.winnow.ppo.rollout.Rollout;
import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.Scopes;
import dev.winnow.ppo.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What models say of responses, against the whole of their logits, row by row and without padding. */
class ModelsTest {
    private static final Path POLICIES = Path.of("src/test/resources/policies");
    private static final Set<Integer> ENDS = Set.of(2, 10, 20, 30, 40, 50, 60, 70, 80, 90);
    private static final double TEMPERATURE = 0.7;
    private static final Offset<Double> NEAR = within(1e-4);

    @Test
    void likelihoodsAreThoseOfTheTemperatureThatTokensAreDrawnAt() throws IOException {
        try (Policy policy = Policy.read(POLICIES.resolve("tied"), ComputeDevice.CPU);
                Policy reference = Policy.read(POLICIES.resolve("llama3"), ComputeDevice.CPU);
                ValueModel values = ValueModel.read(POLICIES.resolve("value"), ComputeDevice.CPU)) {
            List<Rollout> rollouts = rollouts(policy);
            Models models = new Models(policy, reference, new Critic.Network(values));

            Opinions opinions = models.opinions(rollouts, 2, TEMPERATURE);

            for (int row = 0; row < rollouts.size(); row++) {
                long[] tokens = rollouts.get(row).generation().tokens();
                long[] text = text(rollouts.get(row));
                float[] valuesOfRow = Scopes.read(() -> Tensors.floats(values.values(batch(text))));
                for (int token = 0; token < tokens.length; token++) {
                    int before = text.length - tokens.length + token - 1;
                    double[] logits = logits(policy, text, before);
                    int id = (int) tokens[token];
                    assertThat(opinions.logProbabilities().get(row, token))
                            .isCloseTo(PaddedReference.logProbability(logits, id), NEAR);
                    assertThat(opinions.entropies().get(row, token)).isCloseTo(PaddedReference.entropy(logits), NEAR);
                    assertThat(opinions.references().get(row, token))
                            .isCloseTo(PaddedReference.logProbability(logits(reference, text, before), id), NEAR);
                    assertThat(opinions.values().get(row, token)).isCloseTo(valuesOfRow[before], NEAR);
                }
            }
        }
    }

    @Test
    void headReadsThePolicysHiddenStates() throws IOException {
        try (Policy policy = Policy.read(POLICIES.resolve("tied"), ComputeDevice.CPU);
                Policy reference = Policy.read(POLICIES.resolve("tied"), ComputeDevice.CPU)) {
            ValueHead head = ValueHead.zero(policy.config(), ComputeDevice.CPU);
            Models models = new Models(policy, reference, new Critic.Head(head));

            Opinions opinions = models.opinions(rollouts(policy), 3, 1);

            assertThat(opinions.values().packed()).containsOnly(0);
            assertThat(opinions.kl().packed()).containsOnly(0);
            head.weights().close();
        }
    }

    @Test
    void referenceMustStayAsItIs() throws IOException {
        try (Policy policy = Policy.read(POLICIES.resolve("tied"), ComputeDevice.CPU)) {
            Critic critic = new Critic.Head(ValueHead.zero(policy.config(), ComputeDevice.CPU));

            assertThatThrownBy(() -> new Models(policy, policy, critic))
                    .hasMessage("reference: the policy itself (expected: a copy that stays as it is)");
            critic.weights().close();
        }
    }

    @Test
    void tokensThatCouldNotBeDrawnHaveNoProbability() throws IOException {
        try (Policy policy = Policy.read(POLICIES.resolve("tied"), ComputeDevice.CPU);
                Policy reference = Policy.read(POLICIES.resolve("llama3"), ComputeDevice.CPU)) {
            Critic critic = new Critic.Head(ValueHead.zero(policy.config(), ComputeDevice.CPU));
            Prompt prompt = new Prompt("", List.of(), new long[] {1, 5});
            Generation generation = new Generator(policy, ENDS)
                    .generate(
                            List.of(prompt.tokens()),
                            new long[] {4},
                            new Sampling(TEMPERATURE, 0, 1),
                            new ResponseLength(3, 5))
                    .getFirst();
            Rollout rollout = new Rollout(prompt, generation, ParityRewards.text(generation.tokens()));

            Opinions opinions = new Models(policy, reference, critic).opinions(List.of(rollout), 1, TEMPERATURE);

            assertThat(rollout.length()).isGreaterThan(3);
            for (int token = 0; token < rollout.length(); token++) {
                int before = prompt.tokens().length + token - 1;
                double[] own = logits(policy, text(rollout), before);
                double[] references = logits(reference, text(rollout), before);
                if (token < 3) {
                    ENDS.forEach(end -> own[end] = references[end] = -1e9);
                }
                int id = (int) generation.tokens()[token];
                assertThat(opinions.logProbabilities().get(0, token))
                        .isCloseTo(PaddedReference.logProbability(own, id), NEAR);
                assertThat(opinions.entropies().get(0, token)).isCloseTo(PaddedReference.entropy(own), NEAR);
                assertThat(opinions.references().get(0, token))
                        .isCloseTo(PaddedReference.logProbability(references, id), NEAR);
            }
            critic.weights().close();
        }
    }

    private static List<Rollout> rollouts(Policy policy) {
        List<Prompt> prompts = List.of(
                new Prompt("", List.of(), new long[] {1, 5, 6, 7}),
                new Prompt("", List.of(), new long[] {1}),
                new Prompt("", List.of(), new long[] {1, 50}));
        Generator generator = new Generator(policy, ENDS);
        List<Rollout> rollouts = new ArrayList<>();
        for (int row = 0; row < prompts.size(); row++) {
            List<long[]> alone = List.of(prompts.get(row).tokens());
            var generation = generator
                    .generate(alone, new long[] {row}, new Sampling(TEMPERATURE, 0, 1), ResponseLength.atMost(3 + row))
                    .getFirst();
            rollouts.add(new Rollout(prompts.get(row), generation, ParityRewards.text(generation.tokens())));
        }
        return rollouts;
    }

    private static long[] text(Rollout rollout) {
        long[] prompt = rollout.prompt().tokens();
        long[] text = Arrays.copyOf(prompt, prompt.length + rollout.length());
        System.arraycopy(rollout.generation().tokens(), 0, text, prompt.length, rollout.length());
        return text;
    }

    /** Returns the tempered logits at one token of a text. */
    private static double[] logits(Policy policy, long[] text, int token) {
        float[] logits = Scopes.read(
                () -> Tensors.floats(policy.logits(batch(text)).select(0, 0).select(0, token)));
        double[] tempered = new double[logits.length];
        Arrays.setAll(tempered, index -> logits[index] / TEMPERATURE);
        return tempered;
    }

    private static TokenBatch batch(long[] text) {
        return TokenBatch.rightPadded(List.of(text));
    }
}
