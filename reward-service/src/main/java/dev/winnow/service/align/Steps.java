package dev.winnow.service.align;

import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.Span;
import java.util.ArrayList;
import java.util.List;

/** The caller's own segments. */
public final class Steps {
    private Steps() {}

    /**
     * Consecutive segments from their ends, unsigned as on the wire.
     *
     * @throws FailureException unless the ends increase strictly up to the response's length
     */
    public static List<Span> of(List<Integer> ends, int length) {
        List<Span> steps = new ArrayList<>(ends.size());
        int start = 0;
        for (int step = 0; step < ends.size(); step++) {
            long end = Integer.toUnsignedLong(ends.get(step));
            if (end <= start || end > length) {
                throw FailureException.invalidArgument(
                        "segment_ends[%d]: %d (expected: more than %d and at most %d, the response's code points)",
                        step, end, start, length);
            }
            steps.add(new Span(start, (int) end));
            start = (int) end;
        }
        if (start != length) {
            throw FailureException.invalidArgument(
                    "segment_ends: %s (expected: ends up to %d, the response's code points)",
                    ends.isEmpty() ? "absent" : "last is " + start, length);
        }
        return steps;
    }
}
