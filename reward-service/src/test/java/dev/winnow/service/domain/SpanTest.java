package dev.winnow.service.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SpanTest {
    @Test
    void overlapsByAtLeastOneCodePoint() {
        Span span = new Span(2, 5);
        assertThat(span.overlaps(new Span(4, 9))).isTrue();
        assertThat(span.overlaps(new Span(0, 3))).isTrue();
        assertThat(span.overlaps(new Span(3, 4))).isTrue();
        assertThat(span.overlaps(new Span(5, 9))).isFalse();
        assertThat(span.overlaps(new Span(0, 2))).isFalse();
    }

    @Test
    void emptySpanOverlapsNothing() {
        assertThat(new Span(3, 3).overlaps(new Span(2, 5))).isFalse();
        assertThat(new Span(2, 5).overlaps(new Span(3, 3))).isFalse();
        assertThat(new Span(3, 3).overlaps(new Span(3, 3))).isFalse();
    }

    @Test
    void refusesEndBeforeStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Span(3, 2))
                .withMessage("span: [3, 2) (expected: 0 <= start <= end)");
    }

    @Test
    void refusesNegativeStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Span(-1, 2))
                .withMessage("span: [-1, 2) (expected: 0 <= start <= end)");
    }
}
