package dev.winnow.loadtest.simulation;

import java.time.Duration;

/**
 * A replica that goes down and comes up again.
 *
 * @param replica its index, from 0
 */
public record Outage(int replica, Duration from, Duration until) {
    public Outage {
        if (from.compareTo(until) >= 0) {
            throw new IllegalArgumentException("outage: from %s until %s (expected: some time)".formatted(from, until));
        }
    }
}
