package dev.winnow.loadtest.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One stream from a trainer to one replica, which reads a sample only while the one before is admitted and there is room
 * in the stream. Not thread-safe.
 */
final class Stream {
    /** The service's {@code winnow.stream.maximum-samples-in-flight}. */
    private static final int MOST_READ = 256;

    private final Channel channel;
    private final Replica replica;
    private final StreamSender sender;
    private final int place;
    private final int window;
    private final int life;
    private final Set<Sample> unanswered = new LinkedHashSet<>();
    private final Deque<Sample> unread = new ArrayDeque<>();
    private int placesLeft;
    private int read;
    private boolean waitsForRoom;
    private boolean isBroken;

    /**
     * Opens a stream.
     *
     * @param place which of its sender's it is
     */
    Stream(Channel channel, Replica replica, StreamSender sender, int place, Sending.Streams streams) {
        this.channel = channel;
        this.replica = replica;
        this.sender = sender;
        this.place = place;
        this.window = streams.window();
        this.life = replica.life();
        this.placesLeft = streams.samplesEach();
    }

    int place() {
        return place;
    }

    boolean isUsedUp() {
        return placesLeft == 0 && !isBroken;
    }

    boolean hasRoom() {
        return placesLeft > 0 && !isBroken && unanswered.size() < window;
    }

    /** Sends a sample; there must be room. */
    void send(Sample sample) {
        placesLeft--;
        unanswered.add(sample);
        unread.add(sample);
        readOn();
    }

    private void readOn() {
        while (!isBroken && !waitsForRoom && read < MOST_READ && !unread.isEmpty()) {
            if (replica.life() != life) {
                breakOff();
                return;
            }
            Sample sample = unread.remove();
            read++;
            Row row = new Row(sample, Admission.NO_DEADLINE, outcome -> settle(sample, outcome));
            waitsForRoom = !replica.offerInTurn(row, this::admitted);
        }
    }

    private void admitted() {
        waitsForRoom = false;
        readOn();
    }

    private void settle(Sample sample, Row.Outcome outcome) {
        if (isBroken) {
            return;
        }
        if (outcome == Row.Outcome.LOST) {
            breakOff();
            return;
        }
        read--;
        channel.timeline().after(channel.roundTrip(), () -> answer(sample));
        readOn();
    }

    private void answer(Sample sample) {
        if (!isBroken) {
            unanswered.remove(sample);
            sample.finish(true);
            sender.refill(place);
        }
    }

    private void breakOff() {
        isBroken = true;
        channel.observations().lost(unanswered.size());
        sender.replace(this, List.copyOf(unanswered));
    }
}
