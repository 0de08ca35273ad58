package dev.winnow.loadtest.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How much a replica takes, by {@code docs/adr/0023}: tokens in flight up to its throughput times a delay, callers with
 * less than an even share past it. Calls are refused with a delay, rows of streams wait. Bytes are not simulated. Not
 * thread-safe.
 */
final class Admission {
    /** The time that a row of a stream has: as much as there is. */
    static final long NO_DEADLINE = Long.MAX_VALUE;

    private static final long SHORTEST_RETRY = 50_000_000;
    private static final long LONGEST_RETRY = 30_000_000_000L;

    private final Throughput throughput;
    private final long targetDelay;
    private final Map<Integer, Share> shares = new LinkedHashMap<>();
    private long tokensInFlight;
    private int rowsInFlight;

    /** What one caller has in flight, and what of it waits for room. */
    private static final class Share {
        final Deque<Place> waiting = new ArrayDeque<>();
        long tokens;
        int rows;
    }

    private record Place(Row row, Runnable admitted) {}

    Admission(Throughput throughput, long targetDelay) {
        this.throughput = throughput;
        this.targetDelay = targetDelay;
    }

    /**
     * Admits all rows of a call or none.
     *
     * @param timeLeft nanoseconds to the call's deadline
     * @return the delay, in nanoseconds, after which to come again; empty where they are admitted
     */
    OptionalLong admit(List<Row> rows, long timeLeft) {
        long tokens = rows.stream().mapToLong(Row::tokens).sum();
        Share share = share(rows.getFirst());
        if (fits(share, tokens, timeLeft)) {
            rows.forEach(row -> enter(share, row));
            return OptionalLong.empty();
        }
        shares.values().removeIf(Admission::isIdle);
        long tooMany = Math.min(tokensInFlight, tokensInFlight + tokens - limit(timeLeft));
        return OptionalLong.of(
                Math.clamp((long) (tooMany / throughput.tokensPerNano()), SHORTEST_RETRY, LONGEST_RETRY));
    }

    /**
     * Admits a row of a stream, now or when there is room.
     *
     * @param later run where it is not admitted now, when it is
     * @return whether it is admitted now
     */
    boolean admitInTurn(Row row, Runnable later) {
        Share share = share(row);
        if (share.waiting.isEmpty() && fits(share, row.tokens(), NO_DEADLINE)) {
            enter(share, row);
            return true;
        }
        share.waiting.add(new Place(row, later));
        return false;
    }

    /** A row is done, and others may come in. */
    void leave(Row row) {
        Share share = share(row);
        share.tokens -= row.tokens();
        share.rows--;
        tokensInFlight -= row.tokens();
        rowsInFlight--;
        while (admitNext()) {}
        shares.values().removeIf(Admission::isIdle);
    }

    private boolean admitNext() {
        for (Map.Entry<Integer, Share> entry : shares.entrySet()) {
            Share share = entry.getValue();
            Place place = share.waiting.peek();
            if (place != null && fits(share, place.row.tokens(), NO_DEADLINE)) {
                share.waiting.remove();
                enter(share, place.row);
                // Its caller's next row comes after the others'.
                shares.remove(entry.getKey());
                shares.put(place.row.sample.caller, share);
                place.admitted.run();
                return true;
            }
        }
        return false;
    }

    private boolean fits(Share share, long tokens, long timeLeft) {
        long limit = limit(timeLeft);
        return rowsInFlight == 0
                || tokensInFlight + tokens <= limit
                || share.tokens + tokens <= limit / shares.size()
                || (share.rows == 0 && tokens <= doneWithin(timeLeft) / shares.size());
    }

    /** Half of a deadline is kept for what is not foreseen, as the service does. */
    private long limit(long timeLeft) {
        return doneWithin(Math.min(targetDelay, timeLeft / 2));
    }

    private long doneWithin(long nanos) {
        return nanos == NO_DEADLINE ? NO_DEADLINE : Math.max(1, (long) (throughput.tokensPerNano() * nanos));
    }

    private void enter(Share share, Row row) {
        share.tokens += row.tokens();
        share.rows++;
        tokensInFlight += row.tokens();
        rowsInFlight++;
    }

    private Share share(Row row) {
        return shares.computeIfAbsent(row.sample.caller, _ -> new Share());
    }

    private static boolean isIdle(Share share) {
        return share.rows == 0 && share.waiting.isEmpty();
    }
}
