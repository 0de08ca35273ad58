package dev.winnow.loadtest.scenario;

import dev.winnow.loadtest.bundle.Bundle;
import dev.winnow.loadtest.load.Arrivals;
import dev.winnow.loadtest.load.Client;
import dev.winnow.loadtest.load.OpenLoop;
import dev.winnow.loadtest.load.Outcome;
import dev.winnow.loadtest.load.Tally;
import dev.winnow.loadtest.process.RewardService;
import dev.winnow.loadtest.report.Chart;
import dev.winnow.loadtest.report.Check;
import dev.winnow.loadtest.report.Figures;
import dev.winnow.loadtest.report.Result;
import dev.winnow.loadtest.statistics.Latencies;
import dev.winnow.loadtest.text.Lengths;
import dev.winnow.v1.ScoreRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long callers wait at several loads below capacity, with texts from very short to very long. */
@Command(name = "mixed", description = "Latency by load, with lengths from 20 to 500 tokens.")
public final class Mixed implements Scenario {
    @Option(
            names = "--bundle",
            defaultValue = "toxicity",
            paramLabel = "BUNDLE[/INPUT]",
            description = Workbench.BUNDLE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String bundleName;

    @Option(names = "--seconds", defaultValue = "60", description = "Of each load. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--loads",
            split = ",",
            defaultValue = "0.2,0.4,0.6,0.8,0.9",
            description = "As multiples of the capacity. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private List<Double> loads;

    @Option(
            names = "--arrivals",
            defaultValue = "poisson",
            description = "poisson or constant. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Spacing arrivals;

    /** How calls follow each other. */
    enum Spacing {
        POISSON,
        CONSTANT
    }

    @Override
    public Result measure(Workbench bench) throws IOException, InterruptedException {
        Bundle bundle = bench.bundle(bundleName);
        Iterator<ScoreRequest> calls =
                Workbench.calls(bench.samples(bundle, Lengths.mixed()), List.of(Workbench.reward(bundle)));
        Figures table = Figures.of(
                "Milliseconds from when a call was due",
                "load",
                "calls/s",
                "calls",
                "not rewarded",
                "p50",
                "p90",
                "p99",
                "generator late p99");
        Latencies lateness = new Latencies();
        Tally all = new Tally();
        List<Latencies> byLoad = new ArrayList<>();
        try (RewardService service = bench.service();
                Client client = bench.client(service);
                ProgressBar bar = bench.progress("loads", loads.size())) {
            double capacity = Capacity.measureWarm(calls, client, Workbench.seconds(seconds / 2));
            for (double load : loads) {
                Arrivals due = arrivals(bench, load * capacity);
                OpenLoop.Load done = OpenLoop.run(due, Workbench.drawn(calls, due.count()), client);
                Latencies rewarded = done.fromDue().of(Outcome.REWARDED);
                lateness.addAll(done.lateness());
                all.addAll(done.fromDue());
                byLoad.add(rewarded);
                table = table.with(
                        load,
                        load * capacity,
                        done.fromDue().count(),
                        done.fromDue().count() - rewarded.count(),
                        rewarded.millis(50),
                        rewarded.millis(90),
                        rewarded.millis(99),
                        done.lateness().millis(99));
                bar.step();
            }
        }
        return new Result(
                "mixed",
                "how long a caller waits by load, samples of 20 to 500 tokens, a sample a call",
                List.of(table),
                List.of(
                        Check.none("calls that were not rewarded", all.count() - all.count(Outcome.REWARDED)),
                        Generator.keptUp(lateness)),
                new Chart(
                        "Latency by load, 20 to 500 tokens",
                        "load / capacity",
                        "milliseconds",
                        true,
                        List.of(line("p50", 50, byLoad), line("p90", 90, byLoad), line("p99", 99, byLoad))));
    }

    private Arrivals arrivals(Workbench bench, double perSecond) {
        return switch (arrivals) {
            case POISSON -> Arrivals.poisson(perSecond, Workbench.seconds(seconds), bench.random());
            case CONSTANT -> Arrivals.constant(perSecond, Workbench.seconds(seconds));
        };
    }

    private Chart.Series line(String name, double percentile, List<Latencies> byLoad) {
        return new Chart.Series(
                name,
                loads,
                byLoad.stream().map(latencies -> latencies.millis(percentile)).toList());
    }
}
