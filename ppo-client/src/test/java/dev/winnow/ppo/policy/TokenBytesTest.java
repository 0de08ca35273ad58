package dev.winnow.ppo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden cases of docs/token-offsets.md with real decoders. */
class TokenBytesTest {
    private static final Map<String, String> DECODERS = Map.of(
            "byte-level",
            "{'type': 'ByteLevel', 'add_prefix_space': true, 'trim_offsets': true, 'use_regex': true}",
            "byte-fallback",
            "{'type': 'Sequence', 'decoders': [{'type': 'Replace', 'pattern': {'String': '\u2581'}, 'content': ' '},"
                    + " {'type': 'ByteFallback'}, {'type': 'Fuse'},"
                    + " {'type': 'Strip', 'content': ' ', 'start': 1, 'stop': 0}]}",
            "metaspace",
            "{'type': 'Metaspace', 'replacement': '\u2581', 'prepend_scheme': 'always', 'split': true}",
            "word-piece",
            "{'type': 'WordPiece', 'prefix': '##', 'cleanup': true}");

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    record Case(
            String name,
            String decoder,
            List<String> tokens,
            List<String> special,
            List<String> added,
            List<String> bytes) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> golden() throws IOException {
        String file = Files.readString(Path.of("src/test/resources/token-ends.json"));
        return Arrays.stream(new Gson().fromJson(file, Case[].class));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void agreesWithTheGoldenCases(Case golden) throws IOException {
        List<String> ids = new ArrayList<>(vocabulary(golden));
        try (PolicyTokenizer tokenizer = tokenizer(golden)) {
            List<byte[]> bytes = tokenizer.bytes(
                    golden.tokens().stream().mapToLong(ids::indexOf).toArray());

            assertThat(bytes.stream().map(HexFormat.ofDelimiter(" ")::formatHex))
                    .containsExactlyElementsOf(golden.bytes());
        }
    }

    @Test
    void anIdWithoutATokenAddsNothing() throws IOException {
        try (PolicyTokenizer tokenizer = tokenizer(golden().toList().get(1))) {
            assertThat(tokenizer.bytes(new long[] {0, 98, 1}))
                    .extracting(bytes -> bytes.length)
                    .containsExactly(5, 0, 1);
        }
    }

    private PolicyTokenizer tokenizer(Case golden) throws IOException {
        Map<String, Integer> ids = new LinkedHashMap<>();
        vocabulary(golden).forEach(token -> ids.put(token, ids.size()));
        List<Map<String, Object>> added = new ArrayList<>();
        golden.special().forEach(token -> added.add(added(ids, token, true)));
        golden.added().forEach(token -> added.add(added(ids, token, false)));
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("version", "1.0");
        file.put("added_tokens", added);
        file.put("decoder", new Gson().fromJson(DECODERS.get(golden.decoder()), JsonObject.class));
        file.put("model", Map.of("type", "WordLevel", "vocab", ids, "unk_token", "unknown"));
        TestingPolicies.copy("tied", folder.resolve("model"));
        Files.writeString(folder.resolve("model/tokenizer.json"), new Gson().toJson(file));
        return read(folder.resolve("model"));
    }

    private static PolicyTokenizer read(Path model) throws IOException {
        return PolicyTokenizer.read(new ModelDirectory(model));
    }

    private static SequencedSet<String> vocabulary(Case golden) {
        SequencedSet<String> vocabulary = new LinkedHashSet<>(golden.tokens());
        vocabulary.add("unknown");
        return vocabulary;
    }

    private static Map<String, Object> added(Map<String, Integer> ids, String token, boolean special) {
        Map<String, Object> added = new LinkedHashMap<>();
        added.put("id", ids.get(token));
        added.put("content", token);
        added.put("single_word", false);
        added.put("lstrip", false);
        added.put("rstrip", false);
        added.put("normalized", false);
        added.put("special", special);
        return added;
    }
}
