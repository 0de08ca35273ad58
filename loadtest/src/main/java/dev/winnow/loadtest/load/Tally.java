package dev.winnow.loadtest.load;

import dev.winnow.loadtest.statistics.Latencies;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What became of the calls of one load, and how long each took by what became of it. Thread-safe. */
public final class Tally {
    private final Map<Outcome, Latencies> latencies = new EnumMap<>(Outcome.class);
    private final Map<String, Integer> reasons = new TreeMap<>();

    /** Creates an empty tally. */
    public Tally() {
        for (Outcome outcome : Outcome.values()) {
            latencies.put(outcome, new Latencies());
        }
    }

    synchronized void add(Answer answer, long nanos) {
        of(answer.outcome()).add(nanos);
        if (answer.outcome() == Outcome.FAILED) {
            reasons.merge(answer.reason(), 1, Integer::sum);
        }
    }

    /** Adds all of another load. */
    public synchronized void addAll(Tally other) {
        other.latencies.forEach((outcome, more) -> of(outcome).addAll(more));
        other.reasons.forEach((reason, count) -> reasons.merge(reason, count, Integer::sum));
    }

    /** Returns how long the calls with an outcome took. */
    public Latencies of(Outcome outcome) {
        Latencies ofOutcome = latencies.get(outcome);
        if (ofOutcome == null) {
            throw new AssertionError(outcome);
        }
        return ofOutcome;
    }

    public long count(Outcome outcome) {
        return of(outcome).count();
    }

    /** Returns all calls. */
    public long count() {
        return latencies.values().stream().mapToLong(Latencies::count).sum();
    }

    /** Returns why calls failed, with how many did. */
    public synchronized Map<String, Integer> reasons() {
        return new TreeMap<>(reasons);
    }
}
