package dev.winnow.service.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.service.model.ModelFailedException;
import dev.winnow.service.model.TestingModelRunner;
import dev.winnow.service.model.TokenRow;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    @Test
    void runsFromShortToTheLongestRow() {
        TestingModelRunner runner = TestingModels.echo();
        WarmUp.run(TestingModels.of("tiny", "1", runner));
        assertThat(runner.rows()).extracting(TokenRow::width).containsExactly(8, 32, 64);
    }

    @Test
    void lengthsEndAtTheMaximum() {
        assertThat(WarmUp.widths(1)).containsExactly(1);
        assertThat(WarmUp.widths(8)).containsExactly(8);
        assertThat(WarmUp.widths(512)).containsExactly(8, 32, 128, 512);
        assertThat(WarmUp.widths(Integer.MAX_VALUE)).endsWith(536870912, Integer.MAX_VALUE);
    }

    @Test
    void modelThatCannotRunItsLongestRowFails() {
        TestingModelRunner echo = TestingModels.echo();
        RewardModel model = TestingModels.of("tiny", "1", new TestingModelRunner(row -> {
            if (row.width() == 64) {
                throw new ModelFailedException("run of 64 tokens: no memory", new IllegalStateException());
            }
            return echo.run(row);
        }));
        assertThatThrownBy(() -> WarmUp.run(model)).hasMessage("run of 64 tokens: no memory");
    }
}
