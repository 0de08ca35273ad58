package dev.winnow.service.domain;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A timer whose time a test moves on. */
public final class TestingTimer implements Timer {
    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private Duration now = Duration.ZERO;

    private static final class Entry {
        private final Duration due;
        private final Runnable action;

        Entry(Duration due, Runnable action) {
            this.due = due;
            this.action = action;
        }
    }

    @Override
    public Registration after(Duration delay, Runnable action) {
        Entry entry = new Entry(now.plus(delay), action);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    /** Does what is due by then, in order. */
    public void advance(Duration duration) {
        now = now.plus(duration);
        entries.stream()
                .filter(entry -> entry.due.compareTo(now) <= 0)
                .sorted(Comparator.comparing(entry -> entry.due))
                .toList()
                .forEach(entry -> {
                    entries.remove(entry);
                    entry.action.run();
                });
    }

    /** What is still to be done. */
    public int pending() {
        return entries.size();
    }
}
