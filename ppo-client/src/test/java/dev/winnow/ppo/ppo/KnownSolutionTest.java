package dev.winnow.ppo.ppo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.ppo.rollout.Prompt;
import dev.winnow.ppo.rollout.TruncatedResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A random policy learns what {@link ParityRewards} wants; by chance it gets half of the optimum. */
class KnownSolutionTest {
    private static final PpoSettings SETTINGS = TestingRun.settings(
            TestingRun.rollout(32, TruncatedResponse.SCORE, 0),
            new UpdateSettings(2, 16, 16, Double.POSITIVE_INFINITY, 1));

    @ParameterizedTest
    @CsvSource({"token, 1", "sub-sentence, 4", "sequence, 8"})
    void reachesTheOptimumWithEachDensity(String density, int tokensPerSegment) throws IOException {
        ParityRewards rewards = new ParityRewards(tokensPerSegment, TestingRun.TOKENS);
        try (TestingRun run = new TestingRun(SETTINGS, rewards, Set.of())) {
            assertThat(run.trainer.evaluate(TestingRun.PROMPTS).metrics().get("evaluation/reward/combined"))
                    .isBetween(0.2, 0.8);

            for (int step = 0; step < 60; step++) {
                run.trainer.step(step);
            }

            for (Prompt prompt : TestingRun.PROMPTS) {
                Metrics reached =
                        run.trainer.evaluate(Collections.nCopies(64, prompt)).metrics();
                assertThat(reached.get("evaluation/reward/combined"))
                        .as("%s rewards, wanted: %s", density, prompt.text())
                        .isGreaterThan(0.95);
            }
        }
    }
}
