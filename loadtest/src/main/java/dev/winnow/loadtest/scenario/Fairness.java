package dev.winnow.loadtest.scenario;

import dev.winnow.loadtest.load.Arrivals;
import dev.winnow.loadtest.load.Channels;
import dev.winnow.loadtest.load.Client;
import dev.winnow.loadtest.load.OpenLoop;
import dev.winnow.loadtest.load.Outcome;
import dev.winnow.loadtest.load.Tally;
import dev.winnow.loadtest.process.RewardService;
import dev.winnow.loadtest.report.Chart;
import dev.winnow.loadtest.report.Check;
import dev.winnow.loadtest.report.Figures;
import dev.winnow.loadtest.report.Numbers;
import dev.winnow.loadtest.report.Result;
import dev.winnow.loadtest.statistics.Latencies;
import dev.winnow.v1.ScoreRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a caller with few calls feels of one with very many. They come from two addresses of this machine. */
@Command(name = "fairness", description = "A modest caller's latency beside a greedy one.")
public final class Fairness implements Scenario {
    private static final String MODEST = "127.0.0.2";
    private static final String GREEDY = "127.0.0.3";

    @Mixin
    private final Workload workload = new Workload();

    @Option(names = "--rounds", defaultValue = "4", description = "Alone and beside. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "30", description = "Of each. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--load",
            defaultValue = "0.03",
            description = "Of the modest caller, as a multiple of the capacity. Default: ${DEFAULT-VALUE}.")
    private double load;

    @Option(
            names = "--times",
            defaultValue = "100",
            description = "The greedy caller's load against the modest one's. Default: ${DEFAULT-VALUE}.")
    private double times;

    @Option(
            names = "--deadline-ms",
            defaultValue = "5000",
            description = "Of each call, in milliseconds. Default: ${DEFAULT-VALUE}.")
    private long deadlineMillis;

    /** All rounds: the modest caller alone and beside the greedy one, and the greedy one. */
    private record Measured(Tally alone, Tally beside, Tally greedy, Latencies lateness) {}

    @Override
    public Result measure(Workbench bench) throws IOException, InterruptedException {
        Iterator<ScoreRequest> calls = workload.calls(bench);
        Measured measured = new Measured(new Tally(), new Tally(), new Tally(), new Latencies());
        try (RewardService service = bench.service();
                Client patient = bench.client(service);
                Client modest = from(MODEST, service);
                Client greedy = from(GREEDY, service);
                ExecutorService threads = Executors.newSingleThreadExecutor();
                ProgressBar bar = bench.progress("rounds", rounds)) {
            double capacity = Capacity.measureWarm(calls, patient, Workbench.seconds(seconds / 2));
            for (int round = 0; round < rounds; round++) {
                Arrivals few = Arrivals.constant(load * capacity, Workbench.seconds(seconds));
                Arrivals many = Arrivals.poisson(times * load * capacity, Workbench.seconds(seconds), bench.random());
                OpenLoop.Load alone = OpenLoop.run(few, Workbench.drawn(calls, few.count()), modest);
                measured.alone().addAll(alone.fromDue());
                Iterator<ScoreRequest> ofModest = Workbench.drawn(calls, few.count());
                Iterator<ScoreRequest> ofGreedy = Workbench.drawn(calls, many.count());
                Future<OpenLoop.Load> crowd = threads.submit(() -> OpenLoop.run(many, ofGreedy, greedy));
                OpenLoop.Load beside = OpenLoop.run(few, ofModest, modest);
                measured.beside().addAll(beside.fromDue());
                measured.lateness().addAll(beside.lateness());
                measured.greedy().addAll(crowd.get().fromDue());
                bar.step();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the greedy caller failed", e);
        }
        return result(measured);
    }

    private Client from(String address, RewardService service) {
        return new Client(Channels.from(address, service.target()), Duration.ofMillis(deadlineMillis));
    }

    private Result result(Measured measured) {
        Figures table = Figures.of(
                        "Calls, and milliseconds of rewarded ones from when they were due",
                        "caller",
                        "calls",
                        "rewarded",
                        "refused",
                        "deadline exceeded",
                        "failed",
                        "p50",
                        "p95",
                        "p99")
                .with(row("modest, alone", measured.alone()))
                .with(row("modest, beside the greedy one", measured.beside()))
                .with(row("greedy", measured.greedy()));
        Latencies alone = measured.alone().of(Outcome.REWARDED);
        Latencies beside = measured.beside().of(Outcome.REWARDED);
        List<Check> checks = List.of(
                beside.count() == 0
                        ? Check.atLeast("the modest caller's rewarded calls", 0, 1)
                        : Check.atMost(
                                "the modest caller's 95th percentile, beside / alone",
                                beside.millis(95) / alone.millis(95),
                                2),
                Check.none(
                        "the modest caller's calls that were not rewarded",
                        measured.beside().count() - beside.count()),
                Generator.keptUp(measured.lateness()));
        List<Double> x = Stream.of(10.0, 25.0, 50.0, 75.0, 90.0, 95.0, 99.0).toList();
        return new Result(
                "fairness",
                "what a caller at %s of the capacity feels of one with %s times its load (%s)"
                        .formatted(Numbers.text(load), Numbers.text(times), workload.lengths()),
                List.of(table),
                checks,
                new Chart(
                        "The modest caller",
                        "percentile",
                        "milliseconds",
                        true,
                        Stream.of(line("alone", x, alone), line("beside the greedy one", x, beside))
                                .filter(series -> !series.y().isEmpty())
                                .toList()));
    }

    private static Object[] row(String name, Tally tally) {
        Latencies rewarded = tally.of(Outcome.REWARDED);
        return new Object[] {
            name,
            tally.count(),
            rewarded.count(),
            tally.count(Outcome.REJECTED),
            tally.count(Outcome.DEADLINE_EXCEEDED),
            tally.count(Outcome.FAILED),
            OverloadFigures.cell(rewarded, 50),
            OverloadFigures.cell(rewarded, 95),
            OverloadFigures.cell(rewarded, 99)
        };
    }

    private static Chart.Series line(String name, List<Double> percentiles, Latencies latencies) {
        return latencies.count() == 0
                ? new Chart.Series(name, List.of(), List.of())
                : new Chart.Series(
                        name,
                        percentiles,
                        percentiles.stream().map(latencies::millis).toList());
    }
}
