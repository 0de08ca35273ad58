package dev.winnow.service.segment;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.Span;
import dev.winnow.service.domain.Text;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SegmenterPropertiesTest {
    @Property
    void everyVisibleCodePointIsInExactlyOneSegment(@ForAll("texts") String value, @ForAll("cutting") Density density) {
        Text text = Text.of(value);
        int[] codePoints = value.codePoints().toArray();
        int[] covered = new int[text.length()];
        for (Span span : Segmenter.segments(text, density)) {
            for (int index = span.start(); index < span.end(); index++) {
                covered[index]++;
            }
        }
        for (int index = 0; index < codePoints.length; index++) {
            int most = covered[index];
            assertThat(most).isBetween(UCharacter.isUWhiteSpace(codePoints[index]) ? 0 : 1, 1);
        }
    }

    @Property
    void segmentsAreOrderedAndTrimmed(@ForAll("texts") String value, @ForAll("cutting") Density density) {
        Text text = Text.of(value);
        int[] codePoints = value.codePoints().toArray();
        int last = 0;
        for (Span span : Segmenter.segments(text, density)) {
            assertThat(span.start()).isGreaterThanOrEqualTo(last).isLessThan(span.end());
            assertThat(UCharacter.isUWhiteSpace(codePoints[span.start()])).isFalse();
            assertThat(UCharacter.isUWhiteSpace(codePoints[span.end() - 1])).isFalse();
            last = span.end();
        }
    }

    @Property
    void subSentencesRefineSentences(@ForAll("texts") String value) {
        Text text = Text.of(value);
        List<Span> sentences = Segmenter.segments(text, Density.SENTENCE);
        for (Span piece : Segmenter.segments(text, Density.SUB_SENTENCE)) {
            assertThat(sentences)
                    .filteredOn(sentence -> sentence.overlaps(piece))
                    .singleElement()
                    .satisfies(sentence -> {
                        assertThat(piece.start()).isGreaterThanOrEqualTo(sentence.start());
                        assertThat(piece.end()).isLessThanOrEqualTo(sentence.end());
                    });
        }
    }

    @Property
    void sentencesOfTwoParagraphsAreThoseOfEach(@ForAll("texts") String first, @ForAll("texts") String second) {
        List<String> together = sentences(first + "\n" + second);
        List<String> apart = new ArrayList<>(sentences(first));
        apart.addAll(sentences(second));
        assertThat(together).isEqualTo(apart);
    }

    @Provide
    Arbitrary<Density> cutting() {
        return Arbitraries.of(Density.TOKEN, Density.SUB_SENTENCE, Density.SENTENCE);
    }

    /** Any strings, lone surrogates included, and strings that meet the rules more often. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> telling = Arbitraries.of(
                        "The", "end", "Dr.", "J.", "U.S.", "etc.", "3.14", "12", "[3]", ".", "!", "?", "...", "…", "\"",
                        "“", "”", "(", ")", "»", "*", ",", ";", " ", " ", " ", " ", "\n", "\r\n", "\u2029", "\u00A0",
                        "\u3000", "\u200B", "e\u0301", "\u0301", "😀", "👩‍👧", "🇳🇿", "𝒳", "\uD83D", "漢字", "。",
                        "สวัสดี", "नमस्ते", "।", "سلام", "؟", "،")
                .list()
                .ofMaxSize(60)
                .map(pieces -> String.join("", pieces));
        return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(40), telling);
    }

    private static List<String> sentences(String value) {
        Text text = Text.of(value);
        return Segmenter.segments(text, Density.SENTENCE).stream()
                .map(text::slice)
                .toList();
    }
}
