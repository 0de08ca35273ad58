package dev.winnow.loadtest.scenario.scale;

import dev.winnow.loadtest.report.Figures;
import dev.winnow.loadtest.simulation.Balancing;
import dev.winnow.loadtest.simulation.Observations;
import dev.winnow.loadtest.simulation.Outage;
import java.time.Duration;
import java.util.List;

/** What becomes of the others when one replica is lost. */
final class LostReplica {
    private static final Duration LOST_AT = Duration.ofSeconds(10);
    private static final Duration FOR_GOOD = Duration.ofHours(1);

    private LostReplica() {}

    private record Plan(int replicas, double utilisation) {}

    static Figures table(Assumptions assumed, ReplicaType type) {
        Figures table = Figures.of(
                "One replica is lost: the others from then on; calls of 16 in turn, micro-batches",
                "replicas",
                "utilisation before",
                "of the others after",
                "micro-batch p99 ms before",
                "after",
                "trainers waiting after",
                "samples sent again",
                "given up");
        List<Plan> plans = List.of(2, 3, 5, 10).stream()
                .flatMap(replicas ->
                        List.of(0.5, 0.6, 0.7, 0.8).stream().map(utilisation -> new Plan(replicas, utilisation)))
                .toList();
        for (Object[] row :
                plans.parallelStream().map(plan -> row(assumed, type, plan)).toList()) {
            table = table.with(row);
        }
        return table;
    }

    private static Object[] row(Assumptions assumed, ReplicaType type, Plan plan) {
        Observations before = observe(assumed, type, plan);
        Observations after = observe(assumed, type, plan, new Outage(0, LOST_AT, FOR_GOOD));
        return new Object[] {
            plan.replicas,
            plan.utilisation,
            plan.utilisation * plan.replicas / (plan.replicas - 1),
            before.microBatches().millis(99),
            after.microBatches().millis(99),
            after.trainersWaiting(assumed.trainers()),
            after.lost(),
            after.givenUp()
        };
    }

    private static Observations observe(Assumptions assumed, ReplicaType type, Plan plan, Outage... outages) {
        double perSecond = type.samplesPerSecond(plan.replicas, plan.utilisation);
        return assumed.observe(
                assumed.microBatches(perSecond),
                assumed.calls(16),
                Balancing.ROUND_ROBIN,
                assumed.replicas(type, plan.replicas, outages),
                assumed.watch(perSecond, LOST_AT));
    }
}
