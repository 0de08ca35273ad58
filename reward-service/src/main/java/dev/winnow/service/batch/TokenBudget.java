package dev.winnow.service.batch;

import com.google.common.collect.Iterators;
import com.google.common.collect.PeekingIterator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Rows of near lengths, as many as a budget of padded tokens (rows x width of the longest) holds: what keeps a GPU busy.
 *
 * @param tokens the budget; a head that is wider than it runs alone
 */
public record TokenBudget(int tokens) implements BatchPolicy {
    public TokenBudget {
        if (tokens < 1) {
            throw new IllegalArgumentException("tokens: %d (expected: >= 1)".formatted(tokens));
        }
    }

    @Override
    public <R extends QueuedRow> List<R> batch(R head, NavigableMap<Integer, ? extends Collection<R>> others) {
        List<R> batch = new ArrayList<>(List.of(head));
        PeekingIterator<R> shorter = rows(others.headMap(head.width(), true).descendingMap());
        PeekingIterator<R> longer = rows(others.tailMap(head.width(), false));
        int width = head.width();
        while (true) {
            int room = tokens / (batch.size() + 1);
            boolean shorterFits = shorter.hasNext() && width <= room;
            boolean longerFits = longer.hasNext() && longer.peek().width() <= room;
            if (!shorterFits && !longerFits) {
                return batch;
            }
            if (longerFits && (!shorterFits || isNearer(longer.peek(), shorter.peek(), head))) {
                width = longer.peek().width();
                batch.add(longer.next());
            } else {
                batch.add(shorter.next());
            }
        }
    }

    private static boolean isNearer(QueuedRow longer, QueuedRow shorter, QueuedRow head) {
        return longer.width() - head.width() < head.width() - shorter.width();
    }

    private static <R> PeekingIterator<R> rows(Map<Integer, ? extends Collection<R>> byWidth) {
        return Iterators.peekingIterator(
                byWidth.values().stream().flatMap(Collection::stream).iterator());
    }
}
