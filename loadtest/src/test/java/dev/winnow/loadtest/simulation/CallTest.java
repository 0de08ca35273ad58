package dev.winnow.loadtest.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** One replica of one core, a millisecond a token, 100 ms of delay. */
class CallTest {
    private static final Device DEVICE = new Device.Cores(1, new RunTimes(Map.of(1, 1.0, 1000, 1000.0)), Duration.ZERO);

    private final Timeline timeline = new Timeline();
    private final Watch watch = new Watch(Duration.ZERO, Duration.ofHours(1));
    private final Usage usage = new Usage(watch, 1);
    private final Replica replica =
            new Replica(timeline, DEVICE, Duration.ofMillis(100).toNanos(), usage);
    private final Observations observations = new Observations(watch, List.of(usage));
    private final List<Long> rewardedAt = new ArrayList<>();
    private int tries = Sending.Calls.TRIES;

    @Test
    void isAnsweredAsAWhole() {
        call(Duration.ofHours(1), 10, 20).send();

        timeline.run();

        assertThat(rewardedAt).containsExactly(32L, 32L);
    }

    @Test
    void comesAgainWhenToldTo() {
        call(Duration.ofHours(1), 100).send();
        timeline.after(1, () -> call(Duration.ofHours(1), 10).send()); // before anything was measured
        timeline.after(
                Duration.ofMillis(105).toNanos(),
                () -> call(Duration.ofHours(1), 90).send());
        timeline.after(
                Duration.ofMillis(106).toNanos(),
                () -> call(Duration.ofHours(1), 10).send());

        timeline.run();

        // The last finds 100 tokens in flight, as many as there may be, and comes again after 50 to 75 ms.
        assertThat(observations.refusals()).isEqualTo(1);
        assertThat(rewardedAt).containsExactly(102L, 112L, 202L, 212L);
    }

    @Test
    void isGivenUpAfterItsTries() {
        tries = 1;
        call(Duration.ofHours(1), 1000).send();
        timeline.after(1, () -> call(Duration.ofHours(1), 1000).send()); // before anything was measured
        timeline.after(
                Duration.ofMillis(1001).toNanos(),
                () -> call(Duration.ofMillis(100), 10).send());

        timeline.run();

        // Half of 100 ms is not enough for the 1,000 tokens in flight.
        assertThat(observations.refusals()).isEqualTo(1);
        assertThat(observations.givenUp()).isEqualTo(1);
    }

    @Test
    void isGivenUpWhereItIsLate() {
        call(Duration.ofMillis(100), 50).send();
        call(Duration.ofMillis(40), 10).send();

        timeline.run();

        assertThat(observations.rewarded()).isEqualTo(1);
        assertThat(observations.givenUp()).isEqualTo(1);
    }

    @Test
    void isSentAgainWhereItsReplicaGoesDown() {
        call(Duration.ofHours(1), 100).send();
        timeline.after(Duration.ofMillis(50).toNanos(), replica::goDown);
        timeline.after(Duration.ofMillis(51).toNanos(), replica::comeUp);

        timeline.run();

        assertThat(observations.lost()).isEqualTo(1);
        assertThat(rewardedAt)
                .singleElement()
                .satisfies(at -> assertThat(at)
                        .as("50 ms, a backoff of 160 to 240, the run, the round trip")
                        .isBetween(50 + 160 + 102L, 50 + 240 + 102L));
    }

    @Test
    void isGivenUpWhereNoReplicaComesBack() {
        replica.goDown();
        call(Duration.ofHours(1), 100).send();

        timeline.run();

        assertThat(observations.givenUp()).isEqualTo(1);
    }

    private Call call(Duration timeout, int... tokens) {
        List<Sample> samples = Arrays.stream(tokens)
                .mapToObj(count -> new Sample(0, count, timeline.now(), this::over))
                .toList();
        Channel channel = new Channel(
                timeline,
                Duration.ofMillis(2).toNanos(),
                () -> Optional.of(replica).filter(Replica::isUp),
                new SplittableRandom(1),
                observations);
        return new Call(channel, new Sending.Calls(tokens.length, timeout, tries), samples);
    }

    private void over(Sample sample) {
        observations.over(sample, timeline.now());
        if (sample.isRewarded()) {
            rewardedAt.add(timeline.now() / 1_000_000);
        }
    }
}
