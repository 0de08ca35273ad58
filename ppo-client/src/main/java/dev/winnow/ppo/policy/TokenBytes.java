package dev.winnow.ppo.policy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that each generated token adds to a text, as {@code docs/token-offsets.md} has it: byte-level BPE,
 * SentencePiece with byte fallback, WordPiece. Not thread-safe.
 */
final class TokenBytes {
    private static final Pattern BYTE_TOKEN = Pattern.compile("<0x([0-9A-F]{2})>");
    private static final byte[] NONE = {};

    private final Map<Long, String> tokens = new HashMap<>();
    private final Set<Long> special = new HashSet<>();
    private final boolean byteLevel;
    private final Map<Character, Byte> alphabet = byteAlphabet();
    private final Function<long[], String> decode;

    /**
     * Reads what it needs of a {@code tokenizer.json}.
     *
     * @param decode the text of ids, special tokens among them
     */
    TokenBytes(JsonObject tokenizer, Function<long[], String> decode) {
        this.decode = decode;
        this.byteLevel =
                tokenizer.has("decoder") && tokenizer.get("decoder").toString().contains("\"ByteLevel\"");
        JsonElement vocabulary = tokenizer.getAsJsonObject("model").get("vocab");
        if (vocabulary.isJsonArray()) { // of Unigram: pairs of a token and its score
            JsonArray pairs = vocabulary.getAsJsonArray();
            for (int id = 0; id < pairs.size(); id++) {
                tokens.put((long) id, pairs.get(id).getAsJsonArray().get(0).getAsString());
            }
        } else {
            vocabulary.getAsJsonObject().asMap().forEach((token, id) -> tokens.put(id.getAsLong(), token));
        }
        if (tokenizer.has("added_tokens")) {
            for (JsonElement added : tokenizer.getAsJsonArray("added_tokens")) {
                long id = added.getAsJsonObject().get("id").getAsLong();
                tokens.put(id, added.getAsJsonObject().get("content").getAsString());
                if (added.getAsJsonObject().get("special").getAsBoolean()) {
                    special.add(id);
                }
            }
        }
    }

    /** Returns one entry an id; none for special tokens and for ids that are no token, as a policy has some to spare. */
    List<byte[]> of(long[] ids) {
        List<byte[]> bytes = new ArrayList<>(ids.length);
        long[] before = {}; // the token before, special ones left out: all that a decoder looks back at
        for (long id : ids) {
            String token = tokens.get(id);
            if (token == null || special.contains(id)) {
                bytes.add(NONE);
                continue;
            }
            bytes.add(byteLevel ? byteLevel(token) : decoded(before, id, token));
            before = new long[] {id};
        }
        return bytes;
    }

    private byte[] byteLevel(String token) {
        byte[] bytes = new byte[token.length()];
        for (int index = 0; index < bytes.length; index++) {
            @Nullable Byte value = alphabet.get(token.charAt(index));
            if (value == null) {
                return token.getBytes(StandardCharsets.UTF_8); // an added token, written as it is
            }
            bytes[index] = value;
        }
        return bytes;
    }

    private byte[] decoded(long[] before, long id, String token) {
        // Alone for the first token, as some decoders take the first space away.
        long[] both = before.length == 0 ? new long[] {id} : new long[] {before[0], id};
        String added = decode.apply(both).substring(decode.apply(before).length());
        Matcher byteToken = BYTE_TOKEN.matcher(token);
        return byteToken.matches() && !added.isEmpty()
                ? HexFormat.of().parseHex(byteToken.group(1))
                : added.getBytes(StandardCharsets.UTF_8);
    }

    /** The characters that byte-level BPE writes bytes as: printable ones as themselves, the others from 256 on. */
    private static Map<Character, Byte> byteAlphabet() {
        Map<Character, Byte> alphabet = new HashMap<>();
        int others = 0;
        for (int value = 0; value < 256; value++) {
            boolean printable = (value > 0x20 && value < 0x7F) || (value > 0xA0 && value < 0xAD) || value > 0xAD;
            alphabet.put((char) (printable ? value : 256 + others++), (byte) value);
        }
        return alphabet;
    }
}
