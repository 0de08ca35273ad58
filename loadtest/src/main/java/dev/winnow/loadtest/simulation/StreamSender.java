package dev.winnow.loadtest.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Sends samples over streams: one line of samples, of which each stream in turn takes the next while it has room. A stream
 * that has had its number of samples, or breaks, is followed by another. Not thread-safe.
 */
final class StreamSender implements Sender {
    private final Channel channel;
    private final Sending.Streams streams;
    private final Deque<Sample> waiting = new ArrayDeque<>();
    private final List<Stream> places = new ArrayList<>();
    private int next;

    /** Opens all streams; some replica must be up. */
    StreamSender(Channel channel, Sending.Streams streams) {
        this.channel = channel;
        this.streams = streams;
        for (int place = 0; place < streams.count(); place++) {
            places.add(open(place, channel.balancer().pick().orElseThrow()));
        }
    }

    @Override
    public void send(List<Sample> samples) {
        waiting.addAll(samples);
        int full = 0;
        while (!waiting.isEmpty() && full < places.size()) {
            full = refill(next) ? 0 : full + 1;
            next = (next + 1) % places.size();
        }
    }

    /** Gives a stream the next sample; false where there is none or no room for it. */
    boolean refill(int place) {
        if (waiting.isEmpty()) {
            return false;
        }
        if (places.get(place).isUsedUp()) {
            channel.balancer().pick().ifPresent(replica -> places.set(place, open(place, replica)));
        }
        if (!places.get(place).hasRoom()) {
            return false;
        }
        places.get(place).send(waiting.remove());
        return true;
    }

    /** A stream broke: what it owes is sent first, and another takes its place after a while. */
    void replace(Stream broken, List<Sample> owed) {
        owed.reversed().forEach(waiting::addFirst);
        reopen(broken.place(), 1);
        send(List.of());
    }

    private void reopen(int place, int tries) {
        channel.timeline().after(Tries.afterLoss(tries, channel.random()), () -> {
            Optional<Replica> replica = channel.balancer().pick();
            if (replica.isEmpty()) {
                reopen(place, tries + 1);
            } else {
                places.set(place, open(place, replica.get()));
                send(List.of());
            }
        });
    }

    private Stream open(int place, Replica replica) {
        return new Stream(channel, replica, this, place, streams);
    }
}
