package dev.winnow.loadtest.scenario.scale;

import dev.winnow.loadtest.report.Figures;
import dev.winnow.loadtest.report.Result;
import dev.winnow.loadtest.scenario.Mix;
import dev.winnow.loadtest.scenario.Scenario;
import dev.winnow.loadtest.scenario.Workbench;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Set-ups that are larger than the machine, simulated from what was measured on it. Starts no service. */
@Command(name = "scale", description = "Simulate larger set-ups from measured service times.")
public final class Scale implements Scenario {
    private static final int MINUTE = 60;
    private static final int MEASURED_CORES = 2;

    @Option(
            names = "--samples-per-minute",
            split = ",",
            defaultValue = "10000,100000,1000000",
            description = "Of all trainers; the balance is looked at for the last. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private List<Double> samplesPerMinute;

    @Mixin
    private final ReplicaOptions replicaOptions = new ReplicaOptions();

    @Mixin
    private final TrainerOptions trainerOptions = new TrainerOptions();

    @Option(
            names = "--measured",
            paramLabel = "FILE",
            description = "A result of 'overload' to compare with. Default: loadtest/results/overload.json of this"
                    + " repository.")
    private @Nullable Path measured;

    @Override
    public Result measure(Workbench bench) throws IOException {
        Assumptions assumed = trainerOptions.assumptions(bench.seed());
        ReplicaType measuredType = replicaOptions.cpu(MEASURED_CORES, assumed);
        ReplicaType cpu = replicaOptions.cpu(assumed);
        List<ReplicaType> gpus = replicaOptions.gpus(assumed);
        int replicas = cpu.replicas(samplesPerMinute.getLast() / MINUTE, assumed.utilisation());
        AgainstOverload overload = new AgainstOverload(
                assumed,
                measuredType.device(),
                trainerOptions.tokenLengths(Mix.POSTS),
                MeasuredOverload.read(
                        measured == null ? bench.root().resolve("loadtest/results/overload.json") : measured));
        WaitByUtilisation waits = new WaitByUtilisation(assumed, cpu, replicas);
        UnequalReplicas unequal = new UnequalReplicas(assumed, cpu);
        List<Supplier<Figures>> experiments = List.of(
                overload::table,
                () -> ReplicasByRate.table(assumed, samplesPerMinute, concat(List.of(measuredType, cpu), gpus)),
                waits::table,
                () -> SpreadOfLoad.table(assumed, cpu, replicas),
                () -> Windows.table(assumed, concat(List.of(cpu), gpus)),
                () -> unequal.slow(2),
                unequal::restarted,
                () -> MicroBatchSizes.table(assumed, cpu),
                () -> LostReplica.table(assumed, cpu),
                () -> EdgeCost.table(assumed, replicaOptions.edge(), samplesPerMinute, replicas));
        List<Figures> tables = new ArrayList<>();
        try (ProgressBar bar = bench.progress("experiments", experiments.size())) {
            for (Supplier<Figures> experiment : experiments) {
                tables.add(experiment.get());
                bar.step();
            }
        }
        return new Result(
                "scale",
                "how many replicas a demand needs, where the balance breaks, what a trainer must set; simulated",
                tables,
                overload.checks(),
                waits.chart());
    }

    private static <T> List<T> concat(List<T> first, List<T> others) {
        return Stream.concat(first.stream(), others.stream()).toList();
    }
}
