package dev.winnow.ppo.report.folder;

import java.util.List;
import java.util.SequencedMap;

/**
 * A line of {@code samples.jsonl}: what the policy wrote to a held-out prompt.
 *
 * @param step after which it was written; -1 for before training
 * @param tokenEnds where each token of the response ends, in code points; as many as tokens, never decreasing
 * @param rewards values by the reward's name, one a token
 * @param combined the sum of weight times value, one a token
 */
public record SampleGeneration(
        long step,
        String prompt,
        String response,
        List<Integer> tokenEnds,
        SequencedMap<String, List<Double>> rewards,
        List<Double> combined) {
    public SampleGeneration {
        int end = 0;
        for (int token = 0; token < tokenEnds.size(); token++) {
            if (tokenEnds.get(token) < end) {
                throw new IllegalArgumentException("token_ends[%d]: %d (expected: at least %d, the end before it)"
                        .formatted(token, tokenEnds.get(token), end));
            }
            end = tokenEnds.get(token);
        }
        int length = response.codePointCount(0, response.length());
        if (end != length) {
            throw new IllegalArgumentException(
                    "token_ends: last %d (expected: %d, the code points of the response)".formatted(end, length));
        }
        requireOneEach("combined", combined, tokenEnds.size());
        rewards.forEach((name, values) -> requireOneEach("rewards." + name, values, tokenEnds.size()));
    }

    static SampleGeneration read(LineFields fields) {
        return new SampleGeneration(
                fields.whole("step"),
                fields.text("prompt"),
                fields.text("response"),
                fields.wholes("token_ends"),
                fields.namedLists("rewards"),
                fields.numbers("combined"));
    }

    private static void requireOneEach(String name, List<Double> values, int tokens) {
        if (values.size() != tokens) {
            throw new IllegalArgumentException(
                    "%s: %d values (expected: %d, one a token)".formatted(name, values.size(), tokens));
        }
    }
}
