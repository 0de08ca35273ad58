package dev.winnow.loadtest.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Four replicas of a core each, at 0.8 of their capacity. */
class BalancingTest {
    private static final int REPLICAS = 4;
    private static final Device CORE = new Device.Cores(1, new RunTimes(Map.of(1, 0.1, 1000, 100.0)), Duration.ZERO);
    private static final Sending CALLS = new Sending.Calls(1, Duration.ofMinutes(1), Sending.Calls.TRIES);

    @Test
    void callsInTurnSpreadEvenly() {
        List<Long> samples = observe(CALLS, Balancing.ROUND_ROBIN, Collections.nCopies(REPLICAS, CORE))
                .samples();

        assertThat(Collections.max(samples) - Collections.min(samples)).isLessThanOrEqualTo(4);
    }

    @Test
    void aStreamStaysWithOneReplica() {
        List<Long> samples = observe(
                        new Sending.Streams(1, 256, Sending.Streams.UNLIMITED),
                        Balancing.ROUND_ROBIN,
                        Collections.nCopies(REPLICAS, CORE))
                .samples();

        assertThat(samples).filteredOn(count -> count == 0).hasSize(REPLICAS - 1);
    }

    @Test
    void oneStreamToEachReplicaSpreadsEvenly() {
        List<Long> samples = observe(
                        new Sending.Streams(REPLICAS, 256, Sending.Streams.UNLIMITED),
                        Balancing.ROUND_ROBIN,
                        Collections.nCopies(REPLICAS, CORE))
                .samples();

        assertThat(Collections.max(samples) - Collections.min(samples)).isLessThanOrEqualTo(4);
    }

    @Test
    void shortStreamsMoveOn() {
        List<Long> samples = observe(
                        new Sending.Streams(1, 256, 10), Balancing.ROUND_ROBIN, Collections.nCopies(REPLICAS, CORE))
                .samples();

        assertThat(Collections.max(samples) - Collections.min(samples)).isLessThanOrEqualTo(10);
    }

    @Test
    void theLessIsLeftToChanceTheLessIsWaited() {
        List<Device> devices = Collections.nCopies(REPLICAS, CORE);
        double inTurn = observe(CALLS, Balancing.ROUND_ROBIN, devices).meanWaitMillis();
        double ofTwo = observe(CALLS, Balancing.POWER_OF_TWO, devices).meanWaitMillis();
        double least = observe(CALLS, Balancing.LEAST_LOADED, devices).meanWaitMillis();

        assertThat(least).isLessThan(inTurn);
        assertThat(least).isLessThan(ofTwo);
    }

    @Test
    void aSlowReplicaHoldsUpOnlyThoseWhoDoNotSeeIt() {
        List<Device> devices = List.of(new Device.Slowed(CORE, 3), CORE, CORE, CORE);
        Sending smallWindows = new Sending.Streams(REPLICAS, 2, Sending.Streams.UNLIMITED);
        Sending anyWindow = new Sending.Streams(REPLICAS, 1000, Sending.Streams.UNLIMITED);

        // An even share is more than twice what the slow one does.
        double inTurn = observe(CALLS, Balancing.ROUND_ROBIN, devices).meanWaitMillis();
        double pushed = observe(anyWindow, Balancing.ROUND_ROBIN, devices).meanWaitMillis();
        double least = observe(CALLS, Balancing.LEAST_LOADED, devices).meanWaitMillis();
        double pulled = observe(smallWindows, Balancing.ROUND_ROBIN, devices).meanWaitMillis();

        assertThat(List.of(least, pulled))
                .allSatisfy(wait -> assertThat(wait).isLessThan(inTurn / 5).isLessThan(pushed / 5));
    }

    /** 320 samples a second, of 10 ms each on average. */
    private static Observations observe(Sending sending, Balancing balancing, List<Device> devices) {
        return new SetUp(
                        new SetUp.Clients(
                                new Demand.Steady(1, 320, random -> random.nextInt(1, 200)),
                                sending,
                                balancing,
                                Duration.ZERO),
                        new SetUp.Replicas(devices, Duration.ofHours(1), List.of()),
                        new Watch(Duration.ZERO, Duration.ofSeconds(60)),
                        1)
                .observe();
    }
}
