package dev.winnow.loadtest.scenario;

import dev.winnow.loadtest.load.Arrivals;
import dev.winnow.loadtest.load.Client;
import dev.winnow.loadtest.load.EchoProbe;
import dev.winnow.loadtest.load.OpenLoop;
import dev.winnow.loadtest.process.ProcessFigures;
import dev.winnow.loadtest.process.StartedService;
import dev.winnow.loadtest.report.Chart;
import dev.winnow.loadtest.report.Result;
import dev.winnow.loadtest.statistics.Latencies;
import dev.winnow.v1.ScoreRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What becomes of calls when more come than the service can answer. */
@Command(name = "overload", description = "Goodput, refusals and memory at 0.5 to 4 times the capacity.")
public final class Overload implements Scenario {
    private static final String RUNS = "winnow_run_seconds_count";

    /** How long after the last deadline the service may still be at what it had begun before. */
    private static final Duration LAST_RUN = Duration.ofSeconds(2);

    /** How long it is watched for runs that nobody waits for. */
    private static final Duration WATCH = Duration.ofSeconds(2);

    @Mixin
    private final Workload workload = new Workload();

    @Option(names = "--rounds", defaultValue = "3", description = "Through all loads. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "15", description = "Of each load. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--loads",
            split = ",",
            defaultValue = "0.5,1,1.5,2,3,4",
            description = "As multiples of the capacity. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private List<Double> loads;

    @Option(
            names = "--deadline-ms",
            defaultValue = "2000",
            description = "Of each call, in milliseconds. Default: ${DEFAULT-VALUE}.")
    private long deadlineMillis;

    @Override
    public Result measure(Workbench bench) throws IOException, InterruptedException {
        Iterator<ScoreRequest> calls = workload.calls(bench);
        OverloadFigures figures = new OverloadFigures(loads);
        try (StartedService service = bench.start();
                Client patient = bench.client(service);
                Client client = bench.client(service, Duration.ofMillis(deadlineMillis));
                ProgressBar bar = bench.progress("loads", (long) rounds * loads.size())) {
            Capacity.measureWarm(calls, patient, Workbench.seconds(seconds));
            for (int round = 0; round < rounds; round++) {
                double capacity = Capacity.measure(calls, patient, Workbench.seconds(seconds));
                for (double load : loads) {
                    Arrivals due = Arrivals.poisson(load * capacity, Workbench.seconds(seconds), bench.random());
                    figures.add(load, step(bench, service, client, due, calls, capacity));
                    bar.step();
                }
            }
        }
        return result(figures);
    }

    private static OverloadFigures.Step step(
            Workbench bench,
            StartedService service,
            Client client,
            Arrivals due,
            Iterator<ScoreRequest> calls,
            double capacity)
            throws IOException, InterruptedException {
        Iterator<ScoreRequest> drawn = Workbench.drawn(calls, due.count());
        double runsBefore = service.metrics().sum(RUNS);
        OpenLoop.Load load;
        Latencies echo;
        try (EchoProbe probe = new EchoProbe(bench.client(service))) {
            load = OpenLoop.run(due, drawn, client);
            echo = probe.latencies();
        }
        // Every call has its answer or its deadline is over: from here on no run is of use to anybody.
        Thread.sleep(LAST_RUN);
        double runs = service.metrics().sum(RUNS);
        Thread.sleep(WATCH);
        double lateRuns = service.metrics().sum(RUNS) - runs;
        return new OverloadFigures.Step(
                load,
                echo,
                capacity,
                runs - runsBefore,
                lateRuns,
                ProcessFigures.residentBytes(service.process().orElseThrow()));
    }

    private Result result(OverloadFigures figures) {
        return new Result(
                "overload",
                "what becomes of calls (%s, a sample each, deadline %d ms) when more come than can be answered"
                        .formatted(workload.lengths(), deadlineMillis),
                List.of(figures.outcomes(), figures.latencies()),
                figures.checks(),
                new Chart("Calls by load", "load / capacity", "share of the capacity", false, figures.lines()));
    }
}
