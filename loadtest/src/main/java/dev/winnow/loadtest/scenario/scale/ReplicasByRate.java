package dev.winnow.loadtest.scenario.scale;

import dev.winnow.loadtest.report.Figures;
import dev.winnow.loadtest.simulation.Balancing;
import dev.winnow.loadtest.simulation.Observations;
import java.util.List;

/** How many replicas a demand needs, and how long samples wait then. */
final class ReplicasByRate {
    private ReplicasByRate() {}

    private record Plan(double perMinute, ReplicaType type) {}

    static Figures table(Assumptions assumed, List<Double> samplesPerMinute, List<ReplicaType> types) {
        Figures table = Figures.of(
                "Replicas for a demand, calls of 16 in turn",
                "samples/min",
                "replica",
                "samples/s of one at most",
                "replicas",
                "utilisation",
                "steady: wait p50 ms",
                "steady: wait p99 ms",
                "micro-batches: wait p99 ms",
                "micro-batch p99 ms",
                "trainers waiting");
        List<Plan> plans = samplesPerMinute.stream()
                .flatMap(perMinute -> types.stream().map(type -> new Plan(perMinute, type)))
                .toList();
        for (Object[] row :
                plans.parallelStream().map(plan -> row(assumed, plan)).toList()) {
            table = table.with(row);
        }
        return table;
    }

    private static Object[] row(Assumptions assumed, Plan plan) {
        double perSecond = plan.perMinute / 60;
        int replicas = plan.type.replicas(perSecond, assumed.utilisation());
        Observations steady = assumed.observe(
                assumed.steady(perSecond),
                assumed.calls(1),
                Balancing.ROUND_ROBIN,
                assumed.replicas(plan.type, replicas),
                assumed.watchSteady(perSecond));
        Observations bursts = assumed.observe(
                assumed.microBatches(perSecond),
                assumed.calls(16),
                Balancing.ROUND_ROBIN,
                assumed.replicas(plan.type, replicas),
                assumed.watch(perSecond));
        return new Object[] {
            plan.perMinute,
            plan.type.name(),
            plan.type.capacity(),
            replicas,
            perSecond / (plan.type.capacity() * replicas),
            steady.waits().millis(50),
            steady.waits().millis(99),
            bursts.waits().millis(99),
            bursts.microBatches().millis(99),
            bursts.trainersWaiting(assumed.trainers())
        };
    }
}
