package dev.winnow.loadtest.scenario.scale;

import dev.winnow.loadtest.report.Check;
import dev.winnow.loadtest.report.Figures;
import dev.winnow.loadtest.report.Numbers;
import dev.winnow.loadtest.simulation.Balancing;
import dev.winnow.loadtest.simulation.Demand;
import dev.winnow.loadtest.simulation.Device;
import dev.winnow.loadtest.simulation.Observations;
import dev.winnow.loadtest.simulation.Sending;
import dev.winnow.loadtest.simulation.TokenLengths;
import dev.winnow.loadtest.simulation.Watch;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** The simulation held against the scenario {@code overload}, as that was measured on the same device. */
final class AgainstOverload {
    /** As the scenario's defaults are. */
    private static final int IN_FLIGHT_AT_CAPACITY = 16;

    private static final Duration SECONDS = Duration.ofSeconds(15);
    /** Of the generator, which takes CPU from the service, nothing is simulated. */
    private static final double TOLERANCE = 0.2;

    private static final Sending ONCE = new Sending.Calls(1, Duration.ofSeconds(2), 1);

    private final List<MeasuredOverload> measured;
    private final List<Observations> simulated;
    private final double capacity;

    AgainstOverload(Assumptions assumed, Device device, TokenLengths lengths, List<MeasuredOverload> measured) {
        this.measured = measured;
        this.capacity = observe(assumed, device, new Demand.Saturating(IN_FLIGHT_AT_CAPACITY, lengths))
                .goodput();
        this.simulated = measured.stream()
                .map(step -> observe(assumed, device, new Demand.Steady(1, step.load() * capacity, lengths)))
                .toList();
    }

    private static Observations observe(Assumptions assumed, Device device, Demand demand) {
        return assumed.observe(
                demand,
                ONCE,
                Balancing.ROUND_ROBIN,
                assumed.replicas(List.of(device)),
                new Watch(Duration.ZERO, SECONDS));
    }

    Figures table() {
        Figures table = Figures.of(
                "Measured by ./winnow bench overload, and simulated",
                "load",
                "goodput / capacity",
                "simulated",
                "refused",
                "simulated",
                "rewarded p50 ms",
                "simulated",
                "rewarded p99 ms",
                "simulated");
        for (int row = 0; row < measured.size(); row++) {
            MeasuredOverload step = measured.get(row);
            Observations observed = simulated.get(row);
            table = table.with(
                    step.load(),
                    step.goodput(),
                    observed.goodput() / capacity,
                    step.refused(),
                    observed.refusedShare(),
                    step.p50(),
                    observed.totals().millis(50),
                    step.p99(),
                    observed.totals().millis(99));
        }
        return table;
    }

    /** Whether it tells what an operator would ask it: how much is rewarded, and how long that takes under overload. */
    List<Check> checks() {
        double goodput = IntStream.range(0, measured.size())
                .mapToDouble(row -> off(
                        simulated.get(row).goodput() / capacity,
                        measured.get(row).goodput()))
                .max()
                .orElseThrow();
        int last = measured.size() - 1;
        double wait =
                off(simulated.get(last).totals().millis(50), measured.get(last).p50());
        return List.of(
                Check.atMost("goodput, simulated against measured: most that it is off", goodput, TOLERANCE),
                Check.atMost(
                        "median of rewarded calls at %sx: how much it is off"
                                .formatted(Numbers.text(measured.get(last).load())),
                        wait,
                        TOLERANCE));
    }

    private static double off(double value, double truth) {
        return Math.abs(value / truth - 1);
    }
}
