package dev.winnow.service.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsTest {
    @Test
    void wordsWithoutPunctuationInOrderAndAsOftenAsTheyStand() {
        assertThat(Terms.of(Text.of("The cat – the 2nd, for $3.50 – can't 🎉!")))
                .containsExactly("the", "cat", "the", "2nd", "for", "3.50", "can't");
    }

    @Test
    void textWithoutWordsHasNone() {
        assertThat(Terms.of(Text.of(" … 🎉 ---\n"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "STRASSE, Straße",
        "caf\u00E9, cafe\u0301",
        "Σίσυφος, ΣΊΣΥΦΟΣ",
        "ﬁne, Fine",
        "ＡＢＣ１２, abc12",
        "co\u00ADoperate, cooperate",
        "①, 1",
    })
    void sameWordWrittenInTwoWays(String one, String other) {
        assertThat(Terms.of(Text.of(one))).hasSize(1).isEqualTo(Terms.of(Text.of(other)));
    }

    @Test
    void scriptsWithoutSpacesAndBeyondTheBasicPlane() {
        assertThat(Terms.of(Text.of("𝒳 ist สวัสดี。नमस्ते"))).containsExactly("x", "ist", "สวัสดี", "नमस्ते");
    }
}
