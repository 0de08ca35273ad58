package dev.winnow.loadtest.simulation;

import java.util.List;

/** Sends samples in calls. Not thread-safe. */
final class CallSender implements Sender {
    private final Channel channel;
    private final Sending.Calls calls;

    CallSender(Channel channel, Sending.Calls calls) {
        this.channel = channel;
        this.calls = calls;
    }

    @Override
    public void send(List<Sample> samples) {
        for (int from = 0; from < samples.size(); from += calls.samples()) {
            int until = Math.min(from + calls.samples(), samples.size());
            new Call(channel, calls, samples.subList(from, until)).send();
        }
    }
}
