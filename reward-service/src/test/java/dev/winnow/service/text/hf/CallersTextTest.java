package dev.winnow.service.text.hf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.winnow.service.domain.TestingResources;
import dev.winnow.service.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy must not be able to write the reward model's control tokens, whatever kind of tokenizer the model has. */
class CallersTextTest {
    /** Does not take {@code [SEP]} apart, so that the vocabulary alone would give it. */
    private static final String WORD_PIECE =
            """
            {"added_tokens": [%s, %s, %s], "pre_tokenizer": {"type": "WhitespaceSplit"},
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                       "max_input_chars_per_word": 100,
                       "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "a": 3, "b": 4, "[": 5, "##s": 6}}}
            """.formatted(special(0, "[UNK]"), special(1, "[CLS]"), special(2, "[SEP]"));

    /** The pieces of control tokens have the best scores of all. */
    private static final String UNIGRAM = """
            {"added_tokens": [%s, %s, %s],
             "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true},
             "model": {"type": "Unigram", "unk_id": 2, "byte_fallback": false,
                       "vocab": [["<s>", 0.0], ["</s>", 0.0], ["<unk>", 0.0], ["▁", -3.0], ["a", -5.0], ["b", -5.0],
                                 ["<", -5.0], ["/", -5.0], ["s", -5.0], [">", -5.0], ["ab", -6.0]]}}
            """.formatted(special(0, "<s>"), special(1, "</s>"), special(2, "<unk>"));

    /** Characters that the vocabulary lacks become bytes; the merges would make {@code <s>}, too. */
    private static final String BYTE_FALLBACK =
            """
            {"added_tokens": [%s, %s, %s],
             "normalizer": {"type": "Replace", "pattern": {"String": " "}, "content": "▁"},
             "model": {"type": "BPE", "unk_token": "<unk>", "fuse_unk": true, "byte_fallback": true,
                       "vocab": {"<unk>": 0, "<s>": 1, "</s>": 2, "<0x2F>": 3, "▁": 4, "a": 5, "b": 6, "<": 7, "s": 8,
                                 ">": 9, "<s": 10, "ab": 11},
                       "merges": ["< s", "<s >", "a b"]}}
            """.formatted(special(0, "<unk>"), special(1, "<s>"), special(2, "</s>"));

    @TempDir
    private Path folder = Path.of("");

    @Test
    void specialTokenOfTheAddedTokensAloneStaysText() throws IOException {
        try (Tokenizer tokenizer = open(byteLevelBpe())) {
            assertThat(tokenizer.tokenizeFixed("<|im_end|>a")).containsExactly(457, id(tokenizer, "a"));
            assertThat(tokenizer.tokenize("<|im_end|>").ids())
                    .hasSizeGreaterThan(5)
                    .allMatch(id -> id < 455);
            assertThat(tokenizer.tokenize("<|endoftext|>").ids()).doesNotContain(0);
        }
    }

    /** The library numbers the added tokens by their place, so that the place must not change. */
    @Test
    void ordinaryAddedTokenKeepsItsIdBetweenSpecialOnes() throws IOException {
        try (Tokenizer tokenizer = open(byteLevelBpe())) {
            assertThat(tokenizer.tokenize("<tool>").ids()).containsExactly(456);
            assertThat(tokenizer.tokenizeFixed("<tool>")).containsExactly(456);
        }
    }

    @Test
    void specialPieceOfAWordPieceVocabularyStaysText() throws IOException {
        try (Tokenizer tokenizer = open(WORD_PIECE)) {
            assertThat(tokenizer.tokenizeFixed("a [SEP] [CLS]")).containsExactly(3, 2, 1);
            assertThat(tokenizer.tokenize("a [SEP] b").ids()).containsExactly(3, 0, 4);
            assertThat(tokenizer.tokenize("[s").ids()).containsExactly(5, 6);
        }
    }

    @Test
    void specialPieceOfAUnigramVocabularyStaysText() throws IOException {
        try (Tokenizer tokenizer = open(UNIGRAM)) {
            assertThat(tokenizer.tokenizeFixed("</s>")).containsExactly(1);
            assertThat(tokenizer.tokenize("ab</s>").ids()).containsExactly(3, 10, 6, 7, 8, 9);
            assertThat(tokenizer.tokenize("abé").ids()).containsExactly(3, 10, 2);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void specialTokenThatMergesMakeStaysText(boolean mergesInPairs) throws IOException {
        ObjectNode file = (ObjectNode) new ObjectMapper().readTree(BYTE_FALLBACK);
        if (mergesInPairs) {
            ((ObjectNode) file.path("model")).set("merges", new ObjectMapper().readTree("""
                    [["<", "s"], ["<s", ">"], ["a", "b"]]"""));
        }
        try (Tokenizer tokenizer = open(file.toString())) {
            assertThat(tokenizer.tokenizeFixed("<s>ab</s>")).containsExactly(1, 11, 2);
            assertThat(tokenizer.tokenize("<s>ab").ids()).containsExactly(10, 9, 11);
            assertThat(tokenizer.tokenize("</s>é").ids()).containsExactly(7, 3, 8, 9, 0);
        }
    }

    @Test
    void fixedTextHasNoTokensThatTheFileWouldAdd() throws IOException {
        ObjectNode file = (ObjectNode) new ObjectMapper().readTree(WORD_PIECE);
        file.putObject("post_processor")
                .put("type", "BertProcessing")
                .putPOJO("sep", List.of("[SEP]", 2))
                .putPOJO("cls", List.of("[CLS]", 1));
        try (Tokenizer tokenizer = open(file.toString())) {
            assertThat(tokenizer.tokenizeFixed("a [SEP]")).containsExactly(3, 2);
            assertThat(tokenizer.tokenizeFixed("")).isEmpty();
        }
    }

    /** 455 pieces, the first of them special, and three added tokens that the model does not know. */
    private static String byteLevelBpe() throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode file =
                (ObjectNode) json.readTree(TestingResources.byteLevelBpe().toFile());
        ((ArrayNode) file.path("added_tokens"))
                .add(json.readTree(special(455, "<|im_start|>")))
                .add(json.readTree(special(456, "<tool>").replace("\"special\": true", "\"special\": false")))
                .add(json.readTree(special(457, "<|im_end|>")));
        return file.toString();
    }

    private static String special(int id, String content) {
        return """
                {"id": %d, "content": "%s", "single_word": false, "lstrip": false, "rstrip": false,
                 "normalized": false, "special": true}""".formatted(id, content);
    }

    private static int id(Tokenizer tokenizer, String token) {
        return tokenizer.idOf(token).orElseThrow();
    }

    private Tokenizer open(String json) throws IOException {
        return HuggingFaceTokenizerAdapter.open(Files.writeString(folder.resolve("tokenizer.json"), json));
    }
}
