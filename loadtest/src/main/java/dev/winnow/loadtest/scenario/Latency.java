package dev.winnow.loadtest.scenario;

import dev.winnow.loadtest.bare.BareProcess;
import dev.winnow.loadtest.bare.BareRun;
import dev.winnow.loadtest.bundle.Bundle;
import dev.winnow.loadtest.load.Answer;
import dev.winnow.loadtest.load.Client;
import dev.winnow.loadtest.load.Outcome;
import dev.winnow.loadtest.process.RewardService;
import dev.winnow.loadtest.report.Chart;
import dev.winnow.loadtest.report.Check;
import dev.winnow.loadtest.report.Figures;
import dev.winnow.loadtest.report.Result;
import dev.winnow.loadtest.statistics.Latencies;
import dev.winnow.loadtest.statistics.Spread;
import dev.winnow.loadtest.text.Lengths;
import dev.winnow.loadtest.text.Samples;
import dev.winnow.v1.Sample;
import dev.winnow.v1.ScoreRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long one caller waits for one sample: of the service, of bare ONNX Runtime (tokenising included), and of an empty
 * call to the same service. Each round makes the calls of one kind after those of another.
 */
@Command(name = "latency", description = "What the service adds to a run of the model, for one caller.")
public final class Latency implements Scenario {
    @Option(
            names = "--bundle",
            defaultValue = "toxicity",
            paramLabel = "BUNDLE[/INPUT]",
            description = Workbench.BUNDLE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String bundleName;

    @Option(names = "--rounds", defaultValue = "15", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--calls",
            defaultValue = "100",
            description = "Of each kind in a round. Default: ${DEFAULT-VALUE}.")
    private int calls;

    @Option(names = "--tokens", defaultValue = "64", description = "Of a response. Default: ${DEFAULT-VALUE}.")
    private int tokens;

    /** Latencies of one round. */
    private record Round(Latencies bare, Latencies service, Latencies echo) {
        Round() {
            this(new Latencies(), new Latencies(), new Latencies());
        }

        void addAll(Round other) {
            bare.addAll(other.bare);
            service.addAll(other.service);
            echo.addAll(other.echo);
        }

        /** How much longer the service takes than the bare run, in round trips of an empty call. */
        double added(double percentile) {
            return (service.millis(percentile) - bare.millis(percentile)) / echo.millis(percentile);
        }
    }

    @Override
    public Result measure(Workbench bench) throws IOException, InterruptedException {
        Bundle bundle = bench.bundle(bundleName);
        Samples samples = bench.samples(bundle, Lengths.tokens(tokens, tokens));
        List<Round> measured = new ArrayList<>();
        try (BareProcess bare = bench.bare(bundle);
                RewardService service = bench.service();
                Client client = bench.client(service);
                ProgressBar bar = bench.progress("rounds", rounds)) {
            int warmUp = Math.max(1, rounds / 4);
            for (int round = 0; round < warmUp + rounds; round++) {
                List<Sample> texts = Stream.generate(samples::next).limit(calls).toList();
                Round done = round(bundle, texts, bare, client);
                if (round >= warmUp) {
                    measured.add(done);
                    bar.step();
                }
            }
        }
        return result(measured);
    }

    private static Round round(Bundle bundle, List<Sample> samples, BareProcess bare, Client client)
            throws IOException {
        Round round = new Round();
        bare.load(samples.stream().map(Sample::getResponse).toList());
        BareRun run = bare.run(1);
        run.nanosEach().forEach(round.bare()::add);
        for (Sample sample : samples) {
            ScoreRequest request = Client.request(List.of(sample), List.of(Workbench.reward(bundle)));
            long start = System.nanoTime();
            Answer answer = client.score(request).join();
            round.service().add(System.nanoTime() - start);
            if (answer.outcome() != Outcome.REWARDED) {
                throw new IOException("a call failed: %s (expected: none)".formatted(answer.reason()));
            }
            // By turns: a run of the model leaves nothing of a call's code in the caches, whichever call it is.
            round.echo().add(client.echoNanos());
        }
        return round;
    }

    private Result result(List<Round> measured) {
        Round all = new Round();
        measured.forEach(all::addAll);
        Figures table = Figures.of(
                "Milliseconds of a call, %d tokens a response, %d calls of each kind"
                        .formatted(tokens, all.echo().count()),
                "percentile",
                "bare run",
                "service",
                "empty call",
                "added / empty call");
        for (double percentile : new double[] {50, 90, 95, 99}) {
            table = table.with(
                    percentile,
                    all.bare().millis(percentile),
                    all.service().millis(percentile),
                    all.echo().millis(percentile),
                    all.added(percentile));
        }
        Spread added = spread(measured, round -> round.added(50));
        Figures summary = Figures.of(
                        "Medians of the rounds: median (lowest..highest)",
                        "bare ms",
                        "service ms",
                        "empty call ms",
                        "added / empty call")
                .with(
                        spread(measured, round -> round.bare().millis(50)),
                        spread(measured, round -> round.service().millis(50)),
                        spread(measured, round -> round.echo().millis(50)),
                        added);
        List<Double> x = Stream.of(10.0, 25.0, 50.0, 75.0, 90.0, 95.0, 99.0).toList();
        return new Result(
                "latency",
                "what the service adds to a run of the model for one caller, in round trips of an empty call to it",
                List.of(table, summary),
                List.of(
                        Check.atMost("added time / empty call, median of the rounds' medians", added.median(), 2),
                        Check.atMost("added time / empty call, 99th percentile of all", all.added(99), 4)),
                new Chart(
                        "One caller, %d tokens".formatted(tokens),
                        "percentile",
                        "milliseconds",
                        false,
                        List.of(
                                new Chart.Series("service", x, millis(x, all.service())),
                                new Chart.Series("bare run", x, millis(x, all.bare())),
                                new Chart.Series("empty call", x, millis(x, all.echo())))));
    }

    private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return Spread.of(rounds.stream().mapToDouble(figure).toArray());
    }

    private static List<Double> millis(List<Double> percentiles, Latencies latencies) {
        return percentiles.stream().map(latencies::millis).toList();
    }
}
