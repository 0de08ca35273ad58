package dev.winnow.loadtest.bare;

import dev.winnow.loadtest.bundle.Bundle;
import dev.winnow.loadtest.bundle.BundleTokenizer;
import dev.winnow.loadtest.bundle.Piece;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How a response becomes a row: special tokens before and behind it.
 *
 * @param before ids before the response
 * @param behind ids behind the response
 * @param types token types of the part before, of the response, of the part behind
 */
record Layout(List<Long> before, List<Long> behind, Types types) {
    /** Token types by part. */
    record Types(List<Integer> before, int response, List<Integer> behind) {}

    /**
     * Reads a bundle's input.
     *
     * @throws IllegalArgumentException where it has a piece other than special tokens and the response
     */
    static Layout of(Bundle bundle, BundleTokenizer tokenizer) {
        List<Piece> pieces = bundle.pieces();
        List<String> kinds = pieces.stream().map(Piece::kind).toList();
        int response = kinds.indexOf("response");
        if (response < 0 || !List.of("special", "response").containsAll(kinds)) {
            throw new IllegalArgumentException(
                    "input %s of bundle %s: pieces %s (expected: special tokens and the response alone)"
                            .formatted(bundle.input(), bundle.name(), kinds));
        }
        List<Piece> before = pieces.subList(0, response);
        List<Piece> behind = pieces.subList(response + 1, pieces.size());
        return new Layout(
                ids(before, tokenizer),
                ids(behind, tokenizer),
                new Types(types(before), pieces.get(response).tokenType(), types(behind)));
    }

    private static List<Long> ids(List<Piece> pieces, BundleTokenizer tokenizer) {
        return pieces.stream().map(piece -> tokenizer.idOf(piece.value())).toList();
    }

    private static List<Integer> types(List<Piece> pieces) {
        return pieces.stream().map(Piece::tokenType).toList();
    }

    Row row(long[] response) {
        long[] ids = LongStream.concat(LongStream.concat(longs(before), Arrays.stream(response)), longs(behind))
                .toArray();
        long[] typesOfRow = new long[ids.length];
        for (int token = 0; token < ids.length; token++) {
            int behindIndex = token - before.size() - response.length;
            typesOfRow[token] = token < before.size()
                    ? types.before().get(token)
                    : behindIndex < 0 ? types.response() : types.behind().get(behindIndex);
        }
        return new Row(ids, typesOfRow);
    }

    private static LongStream longs(List<Long> values) {
        return values.stream().mapToLong(Long::longValue);
    }

    /** One row: ids and token types. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Row(long[] ids, long[] types) {
        int width() {
            return ids.length;
        }

        /** Fills a buffer with the row's values for one of the graph's inputs. */
        LongBuffer fill(String role, LongBuffer buffer) {
            buffer.clear();
            switch (role) {
                case "input_ids" -> buffer.put(ids);
                case "token_type_ids" -> buffer.put(types);
                case "attention_mask" -> Arrays.stream(ids).forEach(id -> buffer.put(1));
                default ->
                    throw new IllegalArgumentException(
                            "tensor: %s (expected: input_ids, attention_mask or token_type_ids)".formatted(role));
            }
            return buffer.flip();
        }
    }
}
