package dev.winnow.service.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.winnow.service.domain.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenizedTextTest {
    @Test
    void sizeIsTheNumberOfTokens() {
        assertThat(new TokenizedText(List.of(7, 8), List.of(new Span(0, 1), new Span(1, 2))).size())
                .isEqualTo(2);
    }

    @Test
    void refusesTokensWithoutSpan() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenizedText(List.of(7, 8), List.of(new Span(0, 1))))
                .withMessage("spans: 1 (expected: one for each of 2 ids)");
    }
}
