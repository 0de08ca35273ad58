package dev.winnow.loadtest.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Puts the parts of a set-up together and lets its time pass. To be run once. */
final class Simulation {
    private final SetUp setUp;
    private final SplittableRandom random;
    private final Timeline timeline = new Timeline();
    private final List<Usage> usages = new ArrayList<>();
    private final Fleet fleet;
    private final Observations observations;

    Simulation(SetUp setUp) {
        this.setUp = setUp;
        this.random = new SplittableRandom(setUp.seed());
        List<Replica> replicas = new ArrayList<>();
        for (Device device : setUp.replicas().devices()) {
            Usage usage = new Usage(setUp.watch(), device.lanes());
            usages.add(usage);
            replicas.add(
                    new Replica(timeline, device, setUp.replicas().targetDelay().toNanos(), usage));
        }
        this.fleet = new Fleet(replicas);
        this.observations = new Observations(setUp.watch(), usages);
    }

    Observations run() {
        for (Outage outage : setUp.replicas().outages()) {
            timeline.after(outage.from().toNanos(), () -> fleet.goDown(outage.replica()));
            timeline.after(outage.until().toNanos(), () -> fleet.comeUp(outage.replica()));
        }
        Demand demand = setUp.clients().demand();
        List<Sender> senders = IntStream.range(0, demand.trainers())
                .mapToObj(trainer -> sender())
                .toList();
        Trainers trainers = new Trainers(timeline, senders, demand.lengths(), random.split(), observations);
        sources(demand, trainers).forEach(Source::start);
        timeline.run();
        observations.requireAllOver();
        return observations;
    }

    private Sender sender() {
        SetUp.Clients clients = setUp.clients();
        Channel channel = new Channel(
                timeline,
                clients.roundTrip().toNanos(),
                clients.balancing().balancer(fleet, random.split()),
                random.split(),
                observations);
        return switch (clients.sending()) {
            case Sending.Calls calls -> new CallSender(channel, calls);
            case Sending.Streams streams -> new StreamSender(channel, streams);
        };
    }

    private List<Source> sources(Demand demand, Trainers trainers) {
        return switch (demand) {
            case Demand.Steady steady ->
                List.of(new SteadySource(timeline, trainers, setUp.watch(), random.split(), steady.samplesPerSecond()));
            case Demand.Saturating saturating ->
                List.of(new SaturatingSource(timeline, trainers, setUp.watch(), saturating.samplesInFlight()));
            case Demand.MicroBatches microBatches ->
                IntStream.range(0, microBatches.trainers())
                        .<Source>mapToObj(trainer -> new MicroBatchSource(
                                timeline, trainers, trainer, setUp.watch(), random.split(), observations, microBatches))
                        .toList();
        };
    }
}
