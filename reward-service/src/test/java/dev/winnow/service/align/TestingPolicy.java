package dev.winnow.service.align;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.winnow.service.domain.TestingResources;
import dev.winnow.service.text.TestingTokenizers;
import dev.winnow.service.text.Tokenizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A policy's tokenizer, both ways; decodes as generation does, one token after the other. */
abstract class TestingPolicy {
    static final TestingPolicy WORD_PIECE =
            new TestingPolicy(
                    TestingTokenizers.wordPiece(), TestingResources.tinyBundle().resolve("tokenizer.json")) {
                @Override
                Decoded decode(List<Integer> ids) {
                    StringBuilder response = new StringBuilder();
                    List<Integer> ends = new ArrayList<>();
                    for (int id : ids) {
                        String piece = piece(id);
                        boolean continues = piece.startsWith("##");
                        response.append(continues || response.isEmpty() ? "" : " ")
                                .append(continues ? piece.substring(2) : piece);
                        ends.add(response.codePointCount(0, response.length()));
                    }
                    return new Decoded(response.toString(), ends);
                }
            };

    static final TestingPolicy BYTE_LEVEL_BPE =
            new TestingPolicy(TestingTokenizers.byteLevelBpe(), TestingResources.byteLevelBpe()) {
                @Override
                Decoded decode(List<Integer> ids) {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    List<Integer> ends = new ArrayList<>();
                    for (int id : ids) {
                        piece(id).chars().forEach(unit -> bytes.write(BYTES.getOrDefault(unit, 0)));
                        ends.add(completeCodePoints(bytes.toByteArray()));
                    }
                    String all = bytes.toString(StandardCharsets.UTF_8);
                    int length = ends.isEmpty() ? 0 : ends.getLast();
                    return new Decoded(all.substring(0, all.offsetByCodePoints(0, length)), ends);
                }
            };

    /** The response as a caller would send it, and the end of each token in its code points. */
    record Decoded(String response, List<Integer> ends) {}

    /** Which byte each character of a byte-level vocabulary stands for. */
    private static final Map<Integer, Integer> BYTES = byteLevelAlphabet();

    private final Tokenizer tokenizer;
    private final Map<Integer, String> pieces;

    private TestingPolicy(Tokenizer tokenizer, Path file) {
        this.tokenizer = tokenizer;
        this.pieces = readPieces(file);
    }

    abstract Decoded decode(List<Integer> ids);

    Tokenizer tokenizer() {
        return tokenizer;
    }

    String piece(int id) {
        return pieces.getOrDefault(id, "");
    }

    /** Code points whose bytes are all there; the bytes are the beginning of well-formed UTF-8. */
    private static int completeCodePoints(byte[] bytes) {
        int complete = 0;
        for (int index = 0; index < bytes.length; ) {
            int lead = bytes[index] & 0xFF;
            int width = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
            complete += index + width <= bytes.length ? 1 : 0;
            index += width;
        }
        return complete;
    }

    private static Map<Integer, String> readPieces(Path file) {
        try {
            JsonNode vocabulary =
                    new ObjectMapper().readTree(file.toFile()).path("model").path("vocab");
            Map<Integer, String> pieces = new HashMap<>();
            vocabulary.properties().forEach(entry -> pieces.put(entry.getValue().asInt(), entry.getKey()));
            return pieces;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Printable characters of Latin-1 stand for themselves, the other bytes for the characters from U+0100 on. */
    private static Map<Integer, Integer> byteLevelAlphabet() {
        Map<Integer, Integer> alphabet = new HashMap<>();
        int next = 0x100;
        for (int value = 0; value < 0x100; value++) {
            boolean printable = (value >= '!' && value <= '~') || (value >= 0xA1 && value != 0xAD);
            alphabet.put(printable ? value : next++, value);
        }
        return alphabet;
    }
}
