package dev.winnow.service.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.Span;
import dev.winnow.service.domain.Text;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class SegmenterTest {
    @ParameterizedTest
    @EnumSource(
            names = {"STEP", "SEQUENCE"},
            mode = Mode.EXCLUDE)
    void blankTextHasNoSegments(Density density) {
        assertThat(Segmenter.segments(Text.of(""), density)).isEmpty();
        assertThat(Segmenter.segments(Text.of(" \n\t\u00A0\u3000"), density)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", " Two words. \n", "😀"})
    void sequenceIsTheWholeText(String text) {
        assertThat(Segmenter.segments(Text.of(text), Density.SEQUENCE))
                .containsExactly(new Span(0, text.codePointCount(0, text.length())));
    }

    @Test
    void stepsAreTheCallers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Segmenter.segments(Text.of("a"), Density.STEP))
                .withMessageStartingWith("density: STEP");
    }

    @Test
    void offsetsAreCodePoints() {
        assertThat(Segmenter.segments(Text.of("😀 is 👩‍👧. 𝒳 too."), Density.SENTENCE))
                .containsExactly(new Span(0, 9), new Span(10, 16));
        assertThat(Segmenter.segments(Text.of("😀 is 👩‍👧."), Density.TOKEN))
                .containsExactly(new Span(0, 1), new Span(2, 4), new Span(5, 8), new Span(8, 9));
    }

    @Test
    void wordsAreThoseOfUnicodeAndPunctuationIsOne() {
        assertThat(words("Can't pay $3.50,  Ms. O'Hara?"))
                .containsExactly("Can't", "pay", "$", "3.50", ",", "Ms", ".", "O'Hara", "?");
        assertThat(words("cafe\u0301 नमस्ते")).containsExactly("cafe\u0301", "नमस्ते");
        assertThat(words("안녕 세상")).containsExactly("안녕", "세상");
        assertThat(words("สวัสดีชาวโลก")).containsExactly("สวัสดี", "ชาว", "โลก");
    }

    @Test
    void wordLeavesTheSpaceUnderACombiningMark() {
        assertThat(Segmenter.segments(Text.of("a \u0301b"), Density.TOKEN))
                .containsExactly(new Span(0, 1), new Span(2, 3), new Span(3, 4));
    }

    @Test
    void loneSurrogateIsACodePoint() {
        assertThat(Segmenter.segments(Text.of("a \uD83D b"), Density.TOKEN))
                .containsExactly(new Span(0, 1), new Span(2, 3), new Span(4, 5));
    }

    @Test
    void hugeTokensAndRunsAreHandled() {
        for (String unit : List.of("a.", "[a", "\"", "。", ".", "ก", "1. ", "x, ", "\n", "\u0301", "!]")) {
            Text text = Text.of("A" + unit.repeat(30_000) + ". B");
            for (Density density : List.of(Density.TOKEN, Density.SENTENCE, Density.SUB_SENTENCE)) {
                List<Span> spans = Segmenter.segments(text, density);
                assertThat(spans.getFirst().start()).isZero();
                assertThat(spans.getLast().end()).isEqualTo(text.length());
            }
        }
    }

    private static List<String> words(String text) {
        Text whole = Text.of(text);
        return Segmenter.segments(whole, Density.TOKEN).stream()
                .map(whole::slice)
                .toList();
    }
}
