package dev.winnow.service.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Text;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubSentencesTest {
    @Test
    void pieceOfFiveWordsCloses() {
        assertThat(pieces("one two three four five, six seven eight nine ten eleven."))
                .containsExactly("one two three four five,", "six seven eight nine ten eleven.");
    }

    @Test
    void nothingIsCutWithFiveWordsLeft() {
        assertThat(pieces("one two three four five, six seven eight nine ten.")).hasSize(1);
    }

    @Test
    void shortFirstPieceGrows() {
        assertThat(pieces("one, two three, four five six seven; eight nine ten eleven twelve thirteen"))
                .containsExactly("one, two three, four five six seven;", "eight nine ten eleven twelve thirteen");
    }

    @Test
    void shortLaterPieceJoinsTheOneBefore() {
        assertThat(pieces("one two three four five, six, seven eight! nine ten eleven twelve thirteen fourteen"))
                .containsExactly(
                        "one two three four five, six, seven eight!", "nine ten eleven twelve thirteen fourteen");
    }

    @Test
    void firstPieceOfASentenceDoesNotJoinTheSentenceBefore() {
        assertThat(pieces("It was so. However, the one who left us, in the end, was never to be seen again."))
                .containsExactly(
                        "It was so.", "However, the one who left us, in the end,", "was never to be seen again.");
    }

    @Test
    void onlyTheLastCharacterOfATokenCounts() {
        assertThat(pieces("one two three four five,\" six seven eight nine ten 1,000 a;b x y z v w"))
                .hasSize(1);
    }

    @Test
    void marksOfOtherScriptsCut() {
        assertThat(pieces("واحد اثنان ثلاثة أربعة خمسة، ستة سبعة ثمانية تسعة عشرة احد"))
                .hasSize(2);
    }

    private static List<String> pieces(String text) {
        Text whole = Text.of(text);
        return SubSentences.of(CodePoints.of(whole)).stream().map(whole::slice).toList();
    }
}
