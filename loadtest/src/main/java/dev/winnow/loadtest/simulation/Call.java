package dev.winnow.loadtest.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Samples that are sent together and answered together, and sent again where they are refused or lost. Not thread-safe. */
final class Call {
    private final Channel channel;
    private final Sending.Calls calls;
    private final List<Sample> samples;
    private final List<Sample> answered = new ArrayList<>();
    private int refusals;
    private int losses;

    /** Samples that this try waits for. */
    private int open;

    private boolean isLost;

    /**
     * Creates a call that is still to be sent.
     *
     * @param samples as many as the calls may have
     */
    Call(Channel channel, Sending.Calls calls, List<Sample> samples) {
        this.channel = channel;
        this.calls = calls;
        this.samples = samples;
    }

    void send() {
        Optional<Replica> replica = channel.balancer().pick();
        if (replica.isEmpty()) {
            lose();
            return;
        }
        open = samples.size();
        isLost = false;
        answered.clear();
        long deadline = channel.timeline().now() + calls.timeout().toNanos();
        List<Row> rows = samples.stream()
                .map(sample -> new Row(sample, deadline, outcome -> settle(sample, outcome)))
                .toList();
        channel.observations().tried();
        OptionalLong asked = replica.get().offer(rows);
        if (asked.isPresent()) {
            refuse(asked.getAsLong());
        }
    }

    private void settle(Sample sample, Row.Outcome outcome) {
        open--;
        isLost |= outcome == Row.Outcome.LOST;
        if (outcome == Row.Outcome.ANSWERED) {
            answered.add(sample);
        }
        if (open == 0 && isLost) {
            channel.observations().lost(samples.size());
            lose();
        } else if (open == 0) {
            channel.timeline().after(channel.roundTrip(), this::finish);
        }
    }

    private void refuse(long asked) {
        channel.observations().refused();
        refusals++;
        if (refusals == calls.tries()) {
            giveUp();
        } else {
            long delay = Tries.afterRefusal(asked, refusals, channel.random());
            channel.timeline().after(channel.roundTrip() + delay, this::send);
        }
    }

    private void lose() {
        losses++;
        if (losses == Tries.MOST_LOST) {
            giveUp();
        } else {
            channel.timeline().after(Tries.afterLoss(losses, channel.random()), this::send);
        }
    }

    private void giveUp() {
        answered.clear();
        finish();
    }

    private void finish() {
        answered.forEach(sample -> sample.finish(true));
        samples.stream().filter(sample -> !sample.isOver()).forEach(sample -> sample.finish(false));
    }
}
