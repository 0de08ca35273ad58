package dev.winnow.ppo.policy;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.winnow.ppo.tensor.ModelFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The tokenizer of a model directory, without the padding and truncation that its file may fix. */
public final class PolicyTokenizer implements AutoCloseable {
    static {
        // The library would look for models on the network, and report its use from some clouds.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    private static final Map<String, String> OPTIONS = Map.of("padding", "false", "truncation", "false");

    private final HuggingFaceTokenizer tokenizer;
    private final TokenBytes tokenBytes;
    private final Set<Integer> endTokens;

    private PolicyTokenizer(HuggingFaceTokenizer tokenizer, JsonObject file, Set<Integer> endTokens) {
        this.tokenizer = tokenizer;
        this.tokenBytes = new TokenBytes(file, ids -> ids.length == 0 ? "" : tokenizer.decode(ids, false));
        this.endTokens = endTokens;
    }

    /**
     * Reads the tokenizer of a directory.
     *
     * @throws ModelFileException where it has more tokens than the model has embeddings
     */
    public static PolicyTokenizer read(ModelDirectory directory) throws IOException {
        JsonFile file = JsonFile.read(directory.tokenizerFile());
        try (InputStream content = Files.newInputStream(file.file())) {
            int largest = largestId(file.object());
            int embeddings = directory.config().vocabularySize();
            if (largest >= embeddings) {
                throw file.refusal(
                        "vocab", "token " + largest, "below %d, the vocab_size of config.json".formatted(embeddings));
            }
            return new PolicyTokenizer(
                    HuggingFaceTokenizer.newInstance(content, OPTIONS), file.object(), directory.endTokens());
        } catch (RuntimeException e) {
            // Gson's and the library's, which wrap what the native code says.
            throw new ModelFileException(file.file(), String.valueOf(e.getMessage()), "a tokenizer");
        }
    }

    /** The vocabulary is an object of ids, or for Unigram an array, whose indices are the ids. */
    static int largestId(JsonObject tokenizer) {
        JsonElement vocabulary = tokenizer.getAsJsonObject("model").get("vocab");
        IntStream ids = vocabulary.isJsonArray()
                ? IntStream.of(vocabulary.getAsJsonArray().size() - 1)
                : vocabulary.getAsJsonObject().asMap().values().stream().mapToInt(JsonElement::getAsInt);
        IntStream added = tokenizer.has("added_tokens")
                ? tokenizer.getAsJsonArray("added_tokens").asList().stream()
                        .mapToInt(token -> token.getAsJsonObject().get("id").getAsInt())
                : IntStream.empty();
        return IntStream.concat(ids, added).max().orElse(-1);
    }

    /** Returns the id of a token as the file writes it; null where it has none. */
    static @Nullable Integer id(JsonObject tokenizer, String token) {
        if (tokenizer.has("added_tokens")) {
            for (JsonElement added : tokenizer.getAsJsonArray("added_tokens")) {
                if (added.getAsJsonObject().get("content").getAsString().equals(token)) {
                    return added.getAsJsonObject().get("id").getAsInt();
                }
            }
        }
        JsonElement vocabulary = tokenizer.getAsJsonObject("model").get("vocab");
        if (vocabulary.isJsonArray()) {
            for (int id = 0; id < vocabulary.getAsJsonArray().size(); id++) {
                JsonElement pair = vocabulary.getAsJsonArray().get(id);
                if (pair.getAsJsonArray().get(0).getAsString().equals(token)) {
                    return id;
                }
            }
            return null;
        }
        JsonElement id = vocabulary.getAsJsonObject().get(token);
        return id == null ? null : id.getAsInt();
    }

    /** Returns the ids of a text, with the special tokens that the file puts around it. */
    public long[] encode(String text) {
        return tokenizer.encode(text).getIds();
    }

    /** Returns the ids of a text that stands behind another, without special tokens around it. */
    public long[] encodeBehind(String text) {
        return tokenizer.encode(text, false, false).getIds();
    }

    /** Returns the text of ids, without special tokens. */
    public String decode(long[] ids) {
        return tokenizer.decode(ids, true);
    }

    /** Returns the bytes that each id adds to the text; none for special tokens. For {@code TokenEnds}. */
    public List<byte[]> bytes(long[] ids) {
        return tokenBytes.of(ids);
    }

    /** Returns the ids of the tokens that end a response, as the directory has them; may be empty. */
    public Set<Integer> endTokens() {
        return endTokens;
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
