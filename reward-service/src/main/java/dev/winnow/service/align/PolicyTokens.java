package dev.winnow.service.align;

import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * The caller's own tokens of a response, as the end of each in code points; checked: ends never decrease and the last
 * is the response's length.
 */
public final class PolicyTokens {
    private final List<Integer> ends;

    private PolicyTokens(List<Integer> ends) {
        this.ends = ends;
    }

    /**
     * Checks the ends, unsigned as on the wire, against a response of {@code length} code points.
     *
     * @throws FailureException naming the first end that is wrong
     */
    public static PolicyTokens of(List<Integer> ends, int length) {
        long previous = 0;
        for (int token = 0; token < ends.size(); token++) {
            long end = Integer.toUnsignedLong(ends.get(token));
            if (end < previous) {
                throw FailureException.invalidArgument(
                        "tokens.ends[%d]: %d (expected: at least %d, the end before it)", token, end, previous);
            }
            if (end > length) {
                throw FailureException.invalidArgument(
                        "tokens.ends[%d]: %d (expected: at most %d, the response's code points; not UTF-16 units or bytes)",
                        token, end, length);
            }
            previous = end;
        }
        if (previous != length) {
            throw FailureException.invalidArgument(
                    "tokens.ends: last is %d (expected: %d, the response's code points)", previous, length);
        }
        return new PolicyTokens(List.copyOf(ends));
    }

    public int size() {
        return ends.size();
    }

    /**
     * The token at which each segment's value is given: the first whose end is at or past the segment's end; the last
     * token for {@link Density#SEQUENCE}. Several segments may share a token, and their values are summed there.
     *
     * @param segments ordered and not overlapping
     * @throws FailureException if there is a segment and no token
     */
    public List<Integer> place(Density density, List<Span> segments) {
        if (!segments.isEmpty() && ends.isEmpty()) {
            throw FailureException.invalidArgument(
                    "tokens.ends: empty (expected: at least one token to place a %s reward at)", density);
        }
        List<Integer> placements = new ArrayList<>(segments.size());
        int token = 0;
        for (Span segment : segments) {
            if (density == Density.SEQUENCE) {
                token = ends.size() - 1;
            }
            while (ends.get(token) < segment.end()) {
                token++;
            }
            placements.add(token);
        }
        return placements;
    }
}
