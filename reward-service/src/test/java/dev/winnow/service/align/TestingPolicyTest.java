package dev.winnow.service.align;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.align.TestingPolicy.Decoded;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the pairs of tokenizers are tested with must itself be right. */
class TestingPolicyTest {
    @Test
    void bytesOfAnUnfinishedCharacterKeepTheEndBefore() {
        List<Integer> ids =
                TestingPolicy.BYTE_LEVEL_BPE.tokenizer().tokenize("a🎉x").ids();
        assertThat(TestingPolicy.BYTE_LEVEL_BPE.decode(ids)).isEqualTo(new Decoded("a🎉x", List.of(1, 1, 1, 2, 3)));
        assertThat(TestingPolicy.BYTE_LEVEL_BPE.decode(ids.subList(0, 3)))
                .isEqualTo(new Decoded("a", List.of(1, 1, 1)));
    }

    @Test
    void byteLevelTokensGiveTheTextBack() {
        String text = "naïve Корабль الجواب किसी 船在 ไม่มี 👨‍👩‍👧‍👦 🇫🇷\n";
        List<Integer> ids =
                TestingPolicy.BYTE_LEVEL_BPE.tokenizer().tokenize(text).ids();
        assertThat(TestingPolicy.BYTE_LEVEL_BPE.decode(ids).response()).isEqualTo(text);
    }

    @Test
    void wordPieceTokensJoinToWords() {
        List<Integer> ids =
                TestingPolicy.WORD_PIECE.tokenizer().tokenize("The tested line").ids();
        assertThat(TestingPolicy.WORD_PIECE.decode(ids))
                .isEqualTo(new Decoded("the tested line", List.of(3, 8, 10, 15)));
    }
}
