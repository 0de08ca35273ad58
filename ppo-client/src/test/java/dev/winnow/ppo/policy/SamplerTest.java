package dev.winnow.ppo.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.Tensors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Draws from the probabilities 0.1, 0.4, 0.2, 0.3 of the tokens 0, 1, 2, 3. */
class SamplerTest {
    private static final float[] LOGITS = {log(0.1), log(0.4), log(0.2), log(0.3)};

    @ParameterizedTest
    @CsvSource({
        // All tokens, in the order of their ids: up to 0.1, 0.5, 0.7, 1.
        "1, 0, 1, 0.00, 0",
        "1, 0, 1, 0.09, 0",
        "1, 0, 1, 0.11, 1",
        "1, 0, 1, 0.49, 1",
        "1, 0, 1, 0.51, 2",
        "1, 0, 1, 0.99, 3",
        "1, 4, 1, 0.99, 3",
        // The temperature 0.5 squares them: 1/30, 16/30, 4/30, 9/30; up to 0.033, 0.567, 0.7, 1.
        "0.5, 0, 1, 0.03, 0",
        "0.5, 0, 1, 0.04, 1",
        "0.5, 0, 1, 0.56, 1",
        "0.5, 0, 1, 0.57, 2",
        // The two likeliest, 4/7 and 3/7.
        "1, 2, 1, 0.57, 1",
        "1, 2, 1, 0.58, 3",
        "1, 2, 1, 0.99, 3",
        "1, 1, 1, 0.99, 1",
        // 0.4 and 0.3 together have 0.69 first; with 0.2 they have 0.71 first, likeliest first: up to 4/9, 7/9, 1.
        "1, 0, 0.69, 0.99, 3",
        "1, 0, 0.71, 0.44, 1",
        "1, 0, 0.71, 0.45, 3",
        "1, 0, 0.71, 0.78, 2",
        "1, 0, 0.01, 0.99, 1",
        // Of the three likeliest, 4/9, 3/9, 2/9, the first two have 0.77.
        "1, 3, 0.77, 0.99, 3",
        "1, 3, 0.78, 0.99, 2",
        "0, 0, 1, 0.99, 1"
    })
    void drawsTheTokenThatTheNumberFallsOn(double temperature, int topK, double topP, double uniform, long expected) {
        assertThat(draw(LOGITS, new Sampling(temperature, topK, topP), uniform)).containsExactly(expected);
    }

    @Test
    void rowsAreDrawnByTheirOwnNumbers() {
        float[] rows = {LOGITS[0], LOGITS[1], LOGITS[2], LOGITS[3], LOGITS[3], LOGITS[2], LOGITS[1], LOGITS[0]};

        assertThat(draw(rows, new Sampling(1, 0, 1), 0.05, 0.05)).containsExactly(0, 0);
        assertThat(draw(rows, new Sampling(1, 0, 1), 0.95, 0.95)).containsExactly(3, 3);
        assertThat(draw(rows, new Sampling(1, 0, 1), 0.2, 0.2)).containsExactly(1, 0);
        assertThat(draw(rows, new Sampling(1, 1, 1), 0.2, 0.9)).containsExactly(1, 2);
    }

    @Test
    void impossibleTokensAreNeverDrawn() {
        float[] logits = {Float.NEGATIVE_INFINITY, 0, Float.NEGATIVE_INFINITY};

        assertThat(draw(logits, new Sampling(1, 0, 1), 0.0)).containsExactly(1);
        assertThat(draw(logits, new Sampling(1, 0, 1), Math.nextDown(1.0))).containsExactly(1);
    }

    @Test
    void refusesWhatNoProbabilitiesFollowFrom() {
        assertThatThrownBy(() -> new Sampling(-1, 0, 1)).hasMessage("temperature: -1.0 (expected: 0 or above)");
        assertThatThrownBy(() -> new Sampling(1, -1, 1)).hasMessage("top-k: -1.0 (expected: 0 or above)");
        assertThatThrownBy(() -> new Sampling(1, 0, 0)).hasMessage("top-p: 0.0 (expected: above 0, at most 1)");
        assertThatThrownBy(() -> new Sampling(1, 0, 1.1)).hasMessage("top-p: 1.1 (expected: above 0, at most 1)");
    }

    private static long[] draw(float[] logits, Sampling sampling, double... uniforms) {
        try (PointerScope _ = new PointerScope()) {
            Tensor rows = Tensors.of(logits, ComputeDevice.CPU, uniforms.length, logits.length / uniforms.length);
            return Sampler.draw(rows, sampling, uniforms, ComputeDevice.CPU);
        }
    }

    private static float log(double probability) {
        return (float) Math.log(probability);
    }
}
