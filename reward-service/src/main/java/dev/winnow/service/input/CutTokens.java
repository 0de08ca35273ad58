package dev.winnow.service.input;

import dev.winnow.service.domain.Span;
import dev.winnow.service.model.InputLayout.Side;
import java.util.List;

/**
 * The tokens of a piece that gives way past its budget.
 *
 * @param ids vocabulary ids that are left
 * @param truncated whether any gave way
 */
record CutTokens(List<Integer> ids, boolean truncated) {
    /** At most {@code budget} of the ids; those on the given side give way. */
    static CutTokens of(List<Integer> ids, Side truncate, int budget) {
        int surplus = Math.max(0, ids.size() - budget);
        Span kept = truncate == Side.LEFT ? new Span(surplus, ids.size()) : new Span(0, ids.size() - surplus);
        return new CutTokens(ids.subList(kept.start(), kept.end()), surplus > 0);
    }
}
