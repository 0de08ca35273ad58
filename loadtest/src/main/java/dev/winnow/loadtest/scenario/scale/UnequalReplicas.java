package dev.winnow.loadtest.scenario.scale;

import dev.winnow.loadtest.report.Figures;
import dev.winnow.loadtest.simulation.Balancing;
import dev.winnow.loadtest.simulation.Device;
import dev.winnow.loadtest.simulation.Observations;
import dev.winnow.loadtest.simulation.Outage;
import dev.winnow.loadtest.simulation.Sending;
import dev.winnow.loadtest.simulation.SetUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What one replica that is slow, or has been restarted, does to all trainers. */
final class UnequalReplicas {
    private static final int REPLICAS = 8;
    private static final Duration DOWN = Duration.ofSeconds(6);
    private static final Duration UP_AGAIN = Duration.ofSeconds(10);

    private final Assumptions assumed;
    private final ReplicaType type;

    UnequalReplicas(Assumptions assumed, ReplicaType type) {
        this.assumed = assumed;
        this.type = type;
    }

    Figures slow(double factor) {
        List<Device> devices = new ArrayList<>(Collections.nCopies(REPLICAS, type.device()));
        devices.set(0, new Device.Slowed(type.device(), factor));
        return table("One of %d replicas is %s times as slow".formatted(REPLICAS, factor), assumed.replicas(devices));
    }

    Figures restarted() {
        return table(
                "One of %d replicas has been down for %d s and is up again"
                        .formatted(REPLICAS, UP_AGAIN.minus(DOWN).toSeconds()),
                assumed.replicas(type, REPLICAS, new Outage(0, DOWN, UP_AGAIN)));
    }

    private Figures table(String title, SetUp.Replicas replicas) {
        Figures table = Figures.of(
                title + "; planned for a utilisation of " + assumed.utilisation(),
                "sent as",
                "its samples / an even share",
                "its utilisation",
                "utilisation of the busiest other",
                "wait p99 ms",
                "micro-batch p99 ms",
                "trainers waiting",
                "calls refused");
        for (Object[] row :
                ways().parallelStream().map(way -> row(way, replicas)).toList()) {
            table = table.with(row);
        }
        return table;
    }

    private double perSecond() {
        return type.samplesPerSecond(REPLICAS, assumed.utilisation());
    }

    private List<Way> ways() {
        int ofMicroBatch = Assumptions.samplesOfMicroBatch(perSecond(), assumed.trainers(), assumed.generation());
        int unlimited = Sending.Streams.UNLIMITED;
        return List.of(
                Way.inTurn("calls of 16, in turn", assumed.calls(16)),
                new Way("calls of 16, power of two", assumed.calls(16), Balancing.POWER_OF_TWO),
                new Way("calls of 16, least loaded", assumed.calls(16), Balancing.LEAST_LOADED),
                Way.inTurn("a stream a replica, any window", Assumptions.streams(REPLICAS, unlimited)),
                Way.inTurn("a stream a replica, window 64", Assumptions.streams(REPLICAS, 64)),
                Way.inTurn("a stream a replica, window 16", Assumptions.streams(REPLICAS, 16)),
                Way.inTurn(
                        "the same, opened anew every other micro-batch",
                        new Sending.Streams(REPLICAS, 16, Math.max(1, 2 * ofMicroBatch / REPLICAS))));
    }

    private Object[] row(Way way, SetUp.Replicas replicas) {
        Observations observed = assumed.observe(
                assumed.microBatches(perSecond()),
                way.sending(),
                way.balancing(),
                replicas,
                assumed.watch(perSecond(), UP_AGAIN.plus(assumed.generation().multipliedBy(2))));
        long all = observed.samples().stream().mapToLong(Long::longValue).sum();
        return new Object[] {
            way.name(),
            (double) observed.samples().getFirst() * REPLICAS / all,
            observed.utilisations().getFirst(),
            Collections.max(observed.utilisations().subList(1, REPLICAS)),
            observed.waits().millis(99),
            observed.microBatches().millis(99),
            observed.trainersWaiting(assumed.trainers()),
            observed.refusedShare()
        };
    }
}
