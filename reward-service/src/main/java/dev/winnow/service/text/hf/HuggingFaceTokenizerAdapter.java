package dev.winnow.service.text.hf;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.winnow.service.domain.ReferenceCount;
import dev.winnow.service.domain.Span;
import dev.winnow.service.text.TokenizedText;
import dev.winnow.service.text.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Reads a {@code tokenizer.json}; the padding and truncation that the file may fix are switched off. The file is opened
 * twice: as it is for the bundle's own texts, and without any way to spell a special token for callers' text.
 */
public final class HuggingFaceTokenizerAdapter implements Tokenizer {
    static {
        // The library would look for models on the network, and report its use from some clouds.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> OPTIONS =
            Map.of("addSpecialTokens", "false", "padding", "false", "truncation", "false");

    private final HuggingFaceTokenizer published;
    private final HuggingFaceTokenizer forCallersText;
    private final Map<String, Integer> vocabulary;
    private final ReferenceCount uses = new ReferenceCount(this::free);

    private HuggingFaceTokenizerAdapter(
            HuggingFaceTokenizer published, HuggingFaceTokenizer forCallersText, Map<String, Integer> vocabulary) {
        this.published = published;
        this.forCallersText = forCallersText;
        this.vocabulary = vocabulary;
    }

    public static HuggingFaceTokenizerAdapter open(Path tokenizerJson) throws IOException {
        JsonNode root = JSON.readTree(tokenizerJson.toFile());
        HuggingFaceTokenizer published = open(Files.readAllBytes(tokenizerJson));
        try {
            HuggingFaceTokenizer forCallersText = open(JSON.writeValueAsBytes(CallersText.of(root)));
            return new HuggingFaceTokenizerAdapter(published, forCallersText, readVocabulary(root));
        } catch (RuntimeException | IOException e) {
            published.close();
            throw e;
        }
    }

    private static HuggingFaceTokenizer open(byte[] tokenizerJson) throws IOException {
        return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(tokenizerJson), OPTIONS);
    }

    @Override
    public TokenizedText tokenize(String text) {
        Encoding encoding = encode(forCallersText, text);
        CharSpan[] characters = encoding.getCharTokenSpans();
        List<Integer> ids = toIds(encoding);
        List<Span> spans = new ArrayList<>(ids.size());
        for (CharSpan span : characters) {
            spans.add(span == null ? new Span(0, 0) : new Span(span.getStart(), span.getEnd()));
        }
        return new TokenizedText(ids, spans);
    }

    @Override
    public List<Integer> tokenizeFixed(String text) {
        return toIds(encode(published, text));
    }

    /** Never uses a tokenizer that was freed; closing leaves that to the last use under way. */
    private Encoding encode(HuggingFaceTokenizer tokenizer, String text) {
        uses.retainFor("tokenizer.json");
        try {
            return tokenizer.encode(text, false, false);
        } finally {
            uses.release();
        }
    }

    private static List<Integer> toIds(Encoding encoding) {
        return Arrays.stream(encoding.getIds()).mapToObj(Math::toIntExact).toList();
    }

    @Override
    public OptionalInt idOf(String token) {
        Integer id = vocabulary.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    @Override
    public void close() {
        uses.releaseOwner();
    }

    private void free() {
        published.close();
        forCallersText.close();
    }

    /** The vocabulary of the model part (an object, or for Unigram a list of pairs) and the added tokens. */
    private static Map<String, Integer> readVocabulary(JsonNode root) {
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
