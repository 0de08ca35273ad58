package dev.winnow.service.domain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One prompt, optional context and one response to be rewarded, as the caller sent it: offsets are not checked yet.
 *
 * @param id the caller's name for it
 * @param tokens ends of the caller's tokens in code points of the response, if given
 * @param segmentEnds ends of the caller's segments in code points of the response; empty if not given
 * @param timeout after which the result is of no use, if any
 * @param bytes size on the wire, which no tokenizer's count of tokens exceeds but for special tokens
 */
public record Sample(
        String id,
        Prompt prompt,
        List<String> context,
        Text response,
        Optional<List<Integer>> tokens,
        List<Integer> segmentEnds,
        Optional<Duration> timeout,
        int bytes) {
    private static final int MAXIMUM_ID_LENGTH = 256;

    public Sample {
        context = List.copyOf(context);
        tokens = tokens.map(List::copyOf);
        segmentEnds = List.copyOf(segmentEnds);
    }

    /**
     * Checks the length of the id, which a stream remembers until its end.
     *
     * @throws FailureException if it is too long
     */
    public void requireId() {
        if (id.length() > MAXIMUM_ID_LENGTH) {
            throw FailureException.invalidArgument(
                    "id: %d characters (expected: at most %d)", id.length(), MAXIMUM_ID_LENGTH);
        }
    }
}
