package dev.winnow.service.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
    /** Code points a, party popper (two units), b. */
    private final Text text = Text.of("a🎉b");

    @Test
    void lengthCountsCodePoints() {
        assertThat(text.length()).isEqualTo(3);
        assertThat(text.whole()).isEqualTo(new Span(0, 3));
        assertThat(Text.of("abc").length()).isEqualTo(3);
    }

    @Test
    void codePointsAndUnitsMapBothWays() {
        assertThat(text.toUtf16(0)).isEqualTo(0);
        assertThat(text.toUtf16(1)).isEqualTo(1);
        assertThat(text.toUtf16(2)).isEqualTo(3);
        assertThat(text.toUtf16(3)).isEqualTo(4);
        assertThat(text.toCodePoint(1)).isEqualTo(1);
        assertThat(text.toCodePoint(3)).isEqualTo(2);
        assertThat(text.toCodePoint(4)).isEqualTo(3);
    }

    @Test
    void indexInsideASurrogatePairBelongsToItsCodePoint() {
        assertThat(text.toCodePoint(2)).isEqualTo(1);
    }

    @Test
    void loneSurrogateIsOneCodePoint() {
        Text lone = Text.of("\uD83D🎉");
        assertThat(lone.length()).isEqualTo(2);
        assertThat(lone.toUtf16(1)).isEqualTo(1);
        assertThat(lone.toUtf16(2)).isEqualTo(3);
    }

    @Test
    void sliceIsTheCoveredPart() {
        assertThat(text.slice(new Span(1, 2))).isEqualTo("🎉");
        assertThat(text.slice(new Span(2, 3))).isEqualTo("b");
        assertThat(text.slice(new Span(3, 3))).isEmpty();
    }

    @Test
    void emptyTextHasAnEmptyWhole() {
        assertThat(Text.of("").isEmpty()).isTrue();
        assertThat(Text.of("").whole()).isEqualTo(new Span(0, 0));
        assertThat(text.isEmpty()).isFalse();
    }

    @Test
    void equalsByValue() {
        assertThat(text)
                .isEqualTo(Text.of("a🎉b"))
                .hasSameHashCodeAs(Text.of("a🎉b"))
                .isNotEqualTo(Text.of("a🎉"))
                .hasToString("a🎉b");
    }
}
