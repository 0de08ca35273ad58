package dev.winnow.loadtest.bundle;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A bundle's {@code tokenizer.json}, without the padding, truncation and special tokens that it may fix. Thread-safe. */
public final class BundleTokenizer implements AutoCloseable {
    static {
        // The library would look for models on the network, and report its use from some clouds.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    private static final Map<String, String> OPTIONS =
            Map.of("addSpecialTokens", "false", "padding", "false", "truncation", "false");

    private final HuggingFaceTokenizer tokenizer;
    private final JsonNode vocabulary;

    private BundleTokenizer(HuggingFaceTokenizer tokenizer, JsonNode vocabulary) {
        this.tokenizer = tokenizer;
        this.vocabulary = vocabulary;
    }

    /** Opens the tokenizer of a version's folder. */
    public static BundleTokenizer open(Path folder) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        JsonNode vocabulary =
                new ObjectMapper().readTree(file.toFile()).path("model").path("vocab");
        try (InputStream bytes = Files.newInputStream(file)) {
            return new BundleTokenizer(HuggingFaceTokenizer.newInstance(bytes, OPTIONS), vocabulary);
        }
    }

    /**
     * Returns the id of a token that is in the vocabulary by this name.
     *
     * @throws IllegalArgumentException where it is not
     */
    public long idOf(String token) {
        JsonNode id = vocabulary.path(token);
        if (!id.isInt()) {
            throw new IllegalArgumentException("token: %s (expected: one of the vocabulary)".formatted(token));
        }
        return id.asLong();
    }

    /** Returns the ids of a text's tokens. */
    public long[] ids(String text) {
        return tokenizer.encode(text, false, false).getIds();
    }

    /** Returns the longest beginning of a text that ends with a word and has at most so many tokens; at least a word. */
    public String cut(String text, int tokens) {
        Encoding encoding = tokenizer.encode(text, false, false);
        if (encoding.getIds().length <= tokens) {
            return text;
        }
        CharSpan firstTooMany = encoding.getCharTokenSpans()[tokens];
        int end = text.offsetByCodePoints(0, firstTooMany.getStart());
        int lastSpace = text.lastIndexOf(' ', end);
        if (lastSpace > 0) {
            return text.substring(0, lastSpace).stripTrailing();
        }
        int firstSpace = text.indexOf(' ');
        return firstSpace > 0 ? text.substring(0, firstSpace) : text;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
