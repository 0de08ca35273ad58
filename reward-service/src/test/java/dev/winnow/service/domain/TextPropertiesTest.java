package dev.winnow.service.domain;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TextPropertiesTest {
    @Property
    void agreesWithJavaOnLength(@ForAll("texts") String value) {
        assertThat(Text.of(value).length()).isEqualTo((int) value.codePoints().count());
    }

    @Property
    void thereAndBackIsTheSameCodePoint(@ForAll("texts") String value) {
        Text text = Text.of(value);
        for (int codePoint = 0; codePoint <= text.length(); codePoint++) {
            assertThat(text.toUtf16(codePoint)).isEqualTo(value.offsetByCodePoints(0, codePoint));
            assertThat(text.toCodePoint(text.toUtf16(codePoint))).isEqualTo(codePoint);
        }
    }

    @Property
    void everyUnitBelongsToTheCodePointThatCoversIt(@ForAll("texts") String value) {
        Text text = Text.of(value);
        for (int unit = 0; unit < value.length(); unit++) {
            int codePoint = text.toCodePoint(unit);
            assertThat(unit).isBetween(text.toUtf16(codePoint), text.toUtf16(codePoint + 1) - 1);
        }
    }

    @Property
    void slicesOfOneCodePointJoinToTheText(@ForAll("texts") String value) {
        Text text = Text.of(value);
        StringBuilder joined = new StringBuilder();
        for (int codePoint = 0; codePoint < text.length(); codePoint++) {
            joined.append(text.slice(new Span(codePoint, codePoint + 1)));
        }
        assertThat(joined).hasToString(value);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "é", "漢", "😀", "👩‍👧", "🇳🇿", "𝒳", "\uD83D", "\uDE00", "\u0301")
                .list()
                .ofMaxSize(30)
                .map(pieces -> String.join("", pieces));
    }
}
