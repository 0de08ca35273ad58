package dev.winnow.service.text.hf;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.winnow.service.domain.Span;
import dev.winnow.service.text.TokenizedText;
import dev.winnow.service.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Reads a {@code tokenizer.json}; the padding and truncation that the file may fix are switched off. */
public final class HuggingFaceTokenizerAdapter implements Tokenizer {
    static {
        // The library would look for models on the network, and report its use from some clouds.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    private final HuggingFaceTokenizer tokenizer;
    private final Map<String, Integer> vocabulary;

    private HuggingFaceTokenizerAdapter(HuggingFaceTokenizer tokenizer, Map<String, Integer> vocabulary) {
        this.tokenizer = tokenizer;
        this.vocabulary = vocabulary;
    }

    public static HuggingFaceTokenizerAdapter open(Path tokenizerJson) throws IOException {
        Map<String, Integer> vocabulary = readVocabulary(tokenizerJson);
        HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.builder()
                .optTokenizerPath(tokenizerJson)
                .optAddSpecialTokens(false)
                .optPadding(false)
                .optTruncation(false)
                .build();
        return new HuggingFaceTokenizerAdapter(tokenizer, vocabulary);
    }

    @Override
    public TokenizedText tokenize(String text) {
        Encoding encoding = tokenizer.encode(text, false, false);
        long[] encoded = encoding.getIds();
        CharSpan[] characters = encoding.getCharTokenSpans();
        List<Integer> ids = new ArrayList<>(encoded.length);
        List<Span> spans = new ArrayList<>(encoded.length);
        for (int token = 0; token < encoded.length; token++) {
            ids.add(Math.toIntExact(encoded[token]));
            CharSpan span = characters[token];
            spans.add(span == null ? new Span(0, 0) : new Span(span.getStart(), span.getEnd()));
        }
        return new TokenizedText(ids, spans);
    }

    @Override
    public OptionalInt idOf(String token) {
        Integer id = vocabulary.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    /** The vocabulary of the model part (an object, or for Unigram a list of pairs) and the added tokens. */
    private static Map<String, Integer> readVocabulary(Path tokenizerJson) throws IOException {
        JsonNode root = new ObjectMapper().readTree(tokenizerJson.toFile());
        Map<String, Integer> vocabulary = new HashMap<>();
        JsonNode model = root.path("model").path("vocab");
        if (model.isArray()) {
            for (int id = 0; id < model.size(); id++) {
                vocabulary.put(model.get(id).get(0).asText(), id);
            }
        } else {
            model.properties()
                    .forEach(entry ->
                            vocabulary.put(entry.getKey(), entry.getValue().asInt()));
        }
        for (JsonNode added : root.path("added_tokens")) {
            vocabulary.put(added.path("content").asText(), added.path("id").asInt());
        }
        return vocabulary;
    }
}
