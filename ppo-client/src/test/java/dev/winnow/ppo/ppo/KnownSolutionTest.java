package dev.winnow.ppo.ppo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.ppo.policy.Generator;
import dev.winnow.ppo.policy.Policy;
import dev.winnow.ppo.policy.Sampling;
import dev.winnow.ppo.policy.ValueModel;
import dev.winnow.ppo.rollout.Prompt;
import dev.winnow.ppo.rollout.RolloutMaker;
import dev.winnow.ppo.rollout.RolloutSettings;
import dev.winnow.ppo.rollout.TruncatedResponse;
import dev.winnow.ppo.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A random policy learns what {@link ParityRewards} wants; by chance it gets half of the optimum. */
class KnownSolutionTest {
    private static final Path MODEL = Path.of("src/test/resources/policies/tied");
    private static final int TOKENS = 8;
    private static int threads;

    /** The models are so small that a second thread is mostly waited for. */
    @BeforeAll
    static void useOneThread() {
        threads = torch.get_num_threads();
        torch.set_num_threads(1);
    }

    @AfterAll
    static void useThreadsAgain() {
        torch.set_num_threads(threads);
    }

    @ParameterizedTest
    @CsvSource({"token, 1", "sub-sentence, 4", "sequence, 8"})
    void reachesTheOptimum(String density, int tokensPerSegment) throws IOException {
        try (Policy policy = Policy.read(MODEL, ComputeDevice.CPU);
                Policy reference = Policy.read(MODEL, ComputeDevice.CPU);
                ValueModel values = ValueModel.startFrom(MODEL, ComputeDevice.CPU)) {
            PpoSettings settings = new PpoSettings(
                    7,
                    new RolloutSettings(32, 1, 32, TOKENS, new Sampling(1, 0, 1), TruncatedResponse.SCORE, 0, true),
                    new KlPenalty.Fixed(0),
                    AdvantageSettings.DEFAULT,
                    LossSettings.DEFAULT,
                    new UpdateSettings(2, 16, 16, Double.POSITIVE_INFINITY, 1),
                    new OptimizerSettings(3e-3, 3e-3, 0.9, 0.999, 1e-8, 0, 5, 0));
            RolloutMaker maker = new RolloutMaker(
                    new Generator(policy, Set.of()),
                    ParityRewards::text,
                    new ParityRewards(tokensPerSegment, TOKENS),
                    settings.rollout());
            List<Prompt> prompts = List.of(
                    new Prompt("even", List.of(), new long[] {1, 40}),
                    new Prompt("odd", List.of(), new long[] {1, 41}));
            Models models = new Models(policy, reference, new Critic.Network(values));
            try (PpoTrainer trainer = new PpoTrainer(settings, models, prompts, maker)) {
                for (int step = 0; step < 60; step++) {
                    trainer.step(step);
                }

                for (Prompt prompt : prompts) {
                    Metrics reached = trainer.evaluate(Collections.nCopies(64, prompt));
                    assertThat(reached.get("evaluation/reward/combined"))
                            .as("%s rewards, wanted: %s", density, prompt.text())
                            .isGreaterThan(0.95);
                }
            }
        }
    }
}
