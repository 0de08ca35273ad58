package dev.winnow.loadtest.simulation;

import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Hands samples of drawn lengths over to the trainers' senders. Not thread-safe. */
final class Trainers {
    private final Timeline timeline;
    private final List<Sender> senders;
    private final TokenLengths lengths;
    private final RandomGenerator random;
    private final Observations observations;

    /**
     * Creates the trainers.
     *
     * @param senders one for each
     */
    Trainers(
            Timeline timeline,
            List<Sender> senders,
            TokenLengths lengths,
            RandomGenerator random,
            Observations observations) {
        this.timeline = timeline;
        this.senders = List.copyOf(senders);
        this.lengths = lengths;
        this.random = random;
        this.observations = observations;
    }

    int count() {
        return senders.size();
    }

    /**
     * A trainer has samples.
     *
     * @param over told of each when it is rewarded or given up
     */
    void handOver(int trainer, int samples, Runnable over) {
        observations.handedOver(samples);
        Consumer<Sample> owner = sample -> {
            observations.over(sample, timeline.now());
            over.run();
        };
        senders.get(trainer)
                .send(Stream.generate(() -> new Sample(trainer, lengths.draw(random), timeline.now(), owner))
                        .limit(samples)
                        .toList());
    }
}
