package dev.winnow.loadtest.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two replicas of one core, 10 ms a sample. */
class StreamSenderTest {
    private static final Device DEVICE = new Device.Cores(1, new RunTimes(Map.of(1, 1.0, 1000, 1000.0)), Duration.ZERO);

    private final Timeline timeline = new Timeline();
    private final Watch watch = new Watch(Duration.ZERO, Duration.ofHours(1));
    private final List<Replica> replicas = IntStream.range(0, 2)
            .mapToObj(_ -> new Replica(timeline, DEVICE, Duration.ofSeconds(10).toNanos(), new Usage(watch, 1)))
            .toList();
    private final Fleet fleet = new Fleet(replicas);
    private final Observations observations = new Observations(watch, List.of());
    private final List<Long> rewardedAt = new ArrayList<>();

    @Test
    void aStreamHasNoMoreInFlightThanItsWindow() {
        sender(1, 3).send(samples(5));

        assertThat(rows()).containsExactlyInAnyOrder(3, 0);
        timeline.run();
        // The core never idles: with two left there is always one that waits.
        assertThat(rewardedAt).containsExactly(11L, 21L, 31L, 41L, 51L);
    }

    @Test
    void whatABrokenStreamOwesGoesToAnotherReplica() {
        sender(1, 10).send(samples(3));
        int first = replicas.get(0).rows() > 0 ? 0 : 1;
        timeline.after(Duration.ofMillis(15).toNanos(), () -> fleet.goDown(first));

        timeline.run();

        assertThat(observations.lost()).isEqualTo(2);
        assertThat(rewardedAt).hasSize(3);
        // The backoff is 200 ms, a fifth more or less.
        assertThat(rewardedAt.getLast()).isBetween(15 + 160 + 21L, 15 + 240 + 21L);
    }

    @Test
    void aStreamOfAReplicaThatCameBackIsBroken() {
        Sender sender = sender(2, 10);
        fleet.goDown(0);
        fleet.comeUp(0);
        sender.send(samples(2));

        timeline.run();

        assertThat(observations.lost()).isEqualTo(1);
        assertThat(rewardedAt).hasSize(2);
    }

    private List<Integer> rows() {
        return replicas.stream().map(Replica::rows).toList();
    }

    private Sender sender(int streams, int window) {
        SplittableRandom random = new SplittableRandom(1);
        Channel channel = new Channel(
                timeline,
                Duration.ofMillis(1).toNanos(),
                Balancing.ROUND_ROBIN.balancer(fleet, random),
                random,
                observations);
        return new StreamSender(channel, new Sending.Streams(streams, window, Sending.Streams.UNLIMITED));
    }

    private List<Sample> samples(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> new Sample(0, 10, timeline.now(), _ -> rewardedAt.add(timeline.now() / 1_000_000)))
                .toList();
    }
}
