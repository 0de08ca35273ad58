package dev.winnow.loadtest.scenario.scale;

import dev.winnow.loadtest.simulation.Balancing;
import dev.winnow.loadtest.simulation.Demand;
import dev.winnow.loadtest.simulation.Device;
import dev.winnow.loadtest.simulation.Observations;
import dev.winnow.loadtest.simulation.Outage;
import dev.winnow.loadtest.simulation.Sending;
import dev.winnow.loadtest.simulation.SetUp;
import dev.winnow.loadtest.simulation.TokenLengths;
import dev.winnow.loadtest.simulation.Watch;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * What all experiments have in common.
 *
 * @param trainers that share the demand
 * @param generation what a trainer takes to generate a micro-batch
 * @param utilisation that replicas are planned for
 * @param targetDelay of the replicas' admission
 * @param timeout of a try of a call
 * @param roundTrip of a message between trainer and replica
 * @param seconds that a set-up is watched; longer where few samples come in them
 */
record Assumptions(
        TokenLengths lengths,
        int trainers,
        Duration generation,
        double utilisation,
        Duration targetDelay,
        Duration timeout,
        Duration roundTrip,
        Duration seconds,
        long seed) {
    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final double ENOUGH_SAMPLES = 100_000;
    private static final Duration SHORTEST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    SetUp.Replicas replicas(List<Device> devices, Outage... outages) {
        return new SetUp.Replicas(devices, targetDelay, List.of(outages));
    }

    SetUp.Replicas replicas(ReplicaType type, int count, Outage... outages) {
        return replicas(Collections.nCopies(count, type.device()), outages);
    }

    Demand steady(double samplesPerSecond) {
        return new Demand.Steady(trainers, samplesPerSecond, lengths);
    }

    Demand microBatches(double samplesPerSecond) {
        return microBatches(samplesPerSecond, trainers, generation);
    }

    Demand microBatches(double samplesPerSecond, int sharedBy, Duration generationOfEach) {
        return new Demand.MicroBatches(
                sharedBy, samplesPerSecond, samplesOfMicroBatch(samplesPerSecond, sharedBy, generationOfEach), lengths);
    }

    static int samplesOfMicroBatch(double samplesPerSecond, int sharedBy, Duration generationOfEach) {
        return (int) Math.max(1, Math.round(samplesPerSecond / sharedBy * generationOfEach.toMillis() / 1000));
    }

    Sending calls(int samples) {
        return new Sending.Calls(samples, timeout, Sending.Calls.TRIES);
    }

    static Sending streams(int count, int window) {
        return new Sending.Streams(count, window, Sending.Streams.UNLIMITED);
    }

    /** Watches samples that come steadily. */
    Watch watchSteady(double samplesPerSecond) {
        return watch(samplesPerSecond, WARM_UP, SHORTEST);
    }

    /** Watches micro-batches, once each trainer has handed one over. */
    Watch watch(double samplesPerSecond) {
        return watch(samplesPerSecond, WARM_UP.plus(generation));
    }

    Watch watch(double samplesPerSecond, Duration from) {
        return watch(samplesPerSecond, from, seconds);
    }

    private static Watch watch(double samplesPerSecond, Duration from, Duration shortest) {
        Duration enough = Duration.ofMillis((long) (1000 * ENOUGH_SAMPLES / samplesPerSecond));
        Duration watched = Collections.max(List.of(shortest, Collections.min(List.of(enough, LONGEST))));
        return new Watch(from, from.plus(watched));
    }

    Observations observe(Demand demand, Sending sending, Balancing balancing, SetUp.Replicas replicas, Watch watch) {
        return new SetUp(new SetUp.Clients(demand, sending, balancing, roundTrip), replicas, watch, seed).observe();
    }
}
