package dev.winnow.service.text.hf;

import static dev.winnow.service.domain.TestingFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.Span;
import dev.winnow.service.domain.TestingResources;
import dev.winnow.service.text.TestingTokenizers;
import dev.winnow.service.text.TokenizedText;
import dev.winnow.service.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuggingFaceTokenizerAdapterTest {
    private final Tokenizer wordPiece = TestingTokenizers.wordPiece();
    private final Tokenizer byteLevelBpe = TestingTokenizers.byteLevelBpe();

    @AfterEach
    void close() {
        wordPiece.close();
        byteLevelBpe.close();
    }

    @Test
    void tokensKeepTheirCodePoints() {
        TokenizedText tokens = wordPiece.tokenize("The tested  line");
        assertThat(tokens.ids()).containsExactly(141, 188, 190, 187);
        assertThat(tokens.spans()).containsExactly(new Span(0, 3), new Span(4, 8), new Span(8, 10), new Span(12, 16));
    }

    @Test
    void closedTokenizerIsUsedNoMore() {
        wordPiece.close();
        wordPiece.close();
        Failure closed = new Failure.Cancelled("tokenizer.json: closed (expected: work of a call that is not over)");
        assertThat(failureOf(() -> wordPiece.tokenize("line"))).isEqualTo(closed);
        assertThat(failureOf(() -> wordPiece.tokenizeFixed("line"))).isEqualTo(closed);
    }

    @Test
    void offsetsAfterEmojiCountCodePointsAndNotUnits() {
        TokenizedText tokens = wordPiece.tokenize("🎉 the 👩‍👧 line");
        assertThat(tokens.spans().get(tokens.ids().indexOf(141))).isEqualTo(new Span(2, 5));
        assertThat(tokens.spans().getLast()).isEqualTo(new Span(10, 14));
    }

    @Test
    void tokensThatCutOneCharacterShareItsCodePoint() {
        TokenizedText tokens = byteLevelBpe.tokenize("a🎉x");
        assertThat(tokens.spans())
                .containsExactly(new Span(0, 1), new Span(1, 2), new Span(1, 2), new Span(1, 2), new Span(2, 3));
    }

    @Test
    void addsNoSpecialTokensEvenWhereTheFileAsksForThem(@TempDir Path folder) throws IOException {
        ObjectNode file = readWordPiece();
        file.putObject("post_processor")
                .put("type", "BertProcessing")
                .putPOJO("sep", List.of("[SEP]", 3))
                .putPOJO("cls", List.of("[CLS]", 2));
        try (Tokenizer tokenizer = openChanged(file, folder)) {
            assertThat(tokenizer.tokenize("the line").ids()).containsExactly(141, 187);
        }
    }

    @Test
    void neitherTruncatesNorPadsEvenWhereTheFileAsksForIt(@TempDir Path folder) throws IOException {
        ObjectNode file = readWordPiece();
        file.putObject("truncation")
                .put("direction", "Right")
                .put("max_length", 3)
                .put("strategy", "LongestFirst")
                .put("stride", 0);
        file.putObject("padding")
                .put("direction", "Right")
                .put("pad_to_multiple_of", 8)
                .put("pad_id", 0)
                .put("pad_type_id", 0)
                .put("pad_token", "[PAD]")
                .putObject("strategy")
                .put("Fixed", 16);
        try (Tokenizer tokenizer = openChanged(file, folder)) {
            assertThat(tokenizer.tokenize("one two three the line").ids()).containsExactly(172, 173, 174, 141, 187);
        }
    }

    @Test
    void longTextIsNotTruncated() {
        assertThat(wordPiece.tokenize("the ".repeat(5000)).size()).isEqualTo(5000);
    }

    @Test
    void emptyTextHasNoTokens() {
        assertThat(wordPiece.tokenize("").size()).isZero();
        assertThat(byteLevelBpe.tokenize("").size()).isZero();
    }

    @Test
    void idsAreThoseOfTheVocabularyAndTheAddedTokens() {
        assertThat(wordPiece.idOf("[CLS]")).hasValue(2);
        assertThat(wordPiece.idOf("##ing")).hasValue(191);
        assertThat(wordPiece.idOf("absent")).isEmpty();
        assertThat(byteLevelBpe.idOf("<|endoftext|>")).hasValue(0);
        assertThat(byteLevelBpe.tokenize("The").ids())
                .containsExactly(byteLevelBpe.idOf("The").orElseThrow());
    }

    private static ObjectNode readWordPiece() throws IOException {
        Path file = TestingResources.tinyBundle().resolve("tokenizer.json");
        return (ObjectNode) new ObjectMapper().readTree(file.toFile());
    }

    private static Tokenizer openChanged(ObjectNode file, Path folder) throws IOException {
        Path changed = folder.resolve("tokenizer.json");
        Files.writeString(changed, file.toString());
        return HuggingFaceTokenizerAdapter.open(changed);
    }
}
