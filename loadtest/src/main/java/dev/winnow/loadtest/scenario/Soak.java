package dev.winnow.loadtest.scenario;

import dev.winnow.loadtest.load.Arrivals;
import dev.winnow.loadtest.load.Client;
import dev.winnow.loadtest.load.OpenLoop;
import dev.winnow.loadtest.load.Outcome;
import dev.winnow.loadtest.process.ProcessFigures;
import dev.winnow.loadtest.process.StartedService;
import dev.winnow.loadtest.report.Chart;
import dev.winnow.loadtest.report.Check;
import dev.winnow.loadtest.report.Figures;
import dev.winnow.loadtest.report.Result;
import dev.winnow.loadtest.statistics.Latencies;
import dev.winnow.v1.ScoreRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Memory and errors over a long load a little below capacity, minute by minute. */
@Command(name = "soak", description = "Memory and errors over a long load below capacity.")
public final class Soak implements Scenario {
    /** Where memory has settled: caches are filled and code is compiled. */
    private static final int SETTLED = 5;

    private static final double MEBIBYTE = 1 << 20;

    @Mixin
    private final Workload workload = new Workload();

    @Option(names = "--minutes", defaultValue = "30", description = "Default: ${DEFAULT-VALUE}.")
    private int minutes;

    @Option(
            names = "--minute-seconds",
            defaultValue = "60",
            description = "How long a minute is, for a trial. Default: ${DEFAULT-VALUE}.")
    private double minuteSeconds;

    @Option(
            names = "--load",
            defaultValue = "0.9",
            description = "As a multiple of the capacity. Default: ${DEFAULT-VALUE}.")
    private double load;

    /** One minute. */
    private record Minute(OpenLoop.Load load, double residentMebibytes, double directMebibytes) {}

    @Override
    public Result measure(Workbench bench) throws IOException, InterruptedException {
        Iterator<ScoreRequest> calls = workload.calls(bench);
        List<Minute> done = new ArrayList<>();
        double perSecond;
        try (StartedService service = bench.start();
                Client client = bench.client(service);
                ProgressBar bar = bench.progress("minutes", minutes)) {
            perSecond = load * Capacity.measureWarm(calls, client, Workbench.seconds(minuteSeconds / 4));
            for (int minute = 0; minute < minutes; minute++) {
                // The next minute begins when all of this one is answered, which at 0.9 of the capacity is at once.
                Arrivals due = Arrivals.poisson(perSecond, Workbench.seconds(minuteSeconds), bench.random());
                OpenLoop.Load measured = OpenLoop.run(due, calls, client);
                done.add(new Minute(
                        measured,
                        ProcessFigures.residentBytes(service.process().orElseThrow()) / MEBIBYTE,
                        service.metrics().sum("jvm_buffer_memory_used_bytes", "id=\"direct\"") / MEBIBYTE));
                bar.step();
            }
        }
        return result(done, perSecond);
    }

    private Result result(List<Minute> done, double perSecond) {
        Figures table = Figures.of(
                "Minutes; milliseconds from when a call was due",
                "minute",
                "calls",
                "not rewarded",
                "p50",
                "p99",
                "resident MiB",
                "direct MiB");
        Latencies lateness = new Latencies();
        long errors = 0;
        for (Minute minute : done) {
            Latencies rewarded = minute.load().fromDue().of(Outcome.REWARDED);
            long notRewarded = minute.load().fromDue().count() - rewarded.count();
            errors += notRewarded;
            lateness.addAll(minute.load().lateness());
            table = table.with(
                    done.indexOf(minute) + 1,
                    minute.load().fromDue().count(),
                    notRewarded,
                    OverloadFigures.cell(rewarded, 50),
                    OverloadFigures.cell(rewarded, 99),
                    minute.residentMebibytes(),
                    minute.directMebibytes());
        }
        Minute settled = done.get(Math.min(SETTLED, done.size()) - 1);
        Check resident = Check.atMost(
                "resident memory, last minute / minute %d".formatted(SETTLED),
                done.getLast().residentMebibytes() / settled.residentMebibytes(),
                1.02);
        Check direct = Check.atMost(
                "direct memory, last minute / minute %d".formatted(SETTLED),
                done.getLast().directMebibytes() / settled.directMebibytes(),
                1);
        boolean isLong = done.size() > SETTLED;
        String tooShort = "%d minutes are too short".formatted(done.size());
        List<Double> x = new ArrayList<>();
        done.forEach(minute -> x.add(x.size() + 1.0));
        return new Result(
                "soak",
                "memory and errors at %s of the capacity, %.1f calls a second (%s)"
                        .formatted(load, perSecond, workload.lengths()),
                List.of(table),
                List.of(
                        Check.none("calls that were not rewarded", errors),
                        isLong ? resident : resident.undecided(tooShort),
                        isLong ? direct : direct.undecided(tooShort),
                        Generator.keptUp(lateness)),
                new Chart(
                        "Memory of the service",
                        "minute",
                        "MiB",
                        false,
                        List.of(
                                new Chart.Series(
                                        "resident",
                                        x,
                                        done.stream()
                                                .map(Minute::residentMebibytes)
                                                .toList()),
                                new Chart.Series(
                                        "direct",
                                        x,
                                        done.stream()
                                                .map(Minute::directMebibytes)
                                                .toList()))));
    }
}
