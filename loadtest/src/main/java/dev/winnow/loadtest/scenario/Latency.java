package dev.winnow.loadtest.scenario;

import dev.winnow.loadtest.bare.BareProcess;
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
 * call to the same service. By turns for each text: a run of the model leaves nothing of other code and weights in the
 * caches, so each kind must find them as it would with one caller, who waits for one answer before the next question.
 */
@Command(name = "latency", description = "What the service adds to a run of the model, for one caller.")
public final class Latency implements Scenario {
    private static final int WARM_UP_TOKENS = 8;

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

    @Option(
            names = "--warm-up",
            defaultValue = "5000",
            paramLabel = "CALLS",
            description = "Of each kind before the first round, with short texts, so that their code is compiled."
                    + " Default: ${DEFAULT-VALUE}.")
    private int warmUpCalls;

    /** Latencies of one round. */
    private record Round(Latencies bare, Latencies service, Latencies echo, List<Double> addedMillis) {
        Round() {
            this(new Latencies(), new Latencies(), new Latencies(), new ArrayList<>());
        }

        void addAll(Round other) {
            bare.addAll(other.bare);
            service.addAll(other.service);
            echo.addAll(other.echo);
            addedMillis.addAll(other.addedMillis);
        }

        /** How much longer the service takes for a text than the bare run, in the median, in empty calls. */
        double added() {
            return Spread.of(addedMillis).median() / echo.millis(50);
        }

        /** The difference of two percentiles, in empty calls. */
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
            warmUp(bench.samples(bundle, Lengths.tokens(WARM_UP_TOKENS, WARM_UP_TOKENS)), bundle, bare, client);
            for (int round = 0; round < rounds; round++) {
                measured.add(round(
                        bundle, Stream.generate(samples::next).limit(calls).toList(), bare, client));
                bar.step();
            }
        }
        return result(measured);
    }

    /** Has the code of all three compiled, as it is in processes that have been used for a while. */
    private void warmUp(Samples samples, Bundle bundle, BareProcess bare, Client client) throws IOException {
        List<Sample> texts = Stream.generate(samples::next).limit(calls).toList();
        for (int call = 0; call < warmUpCalls; call++) {
            client.scoreAndWait(Client.request(List.of(texts.get(call % calls)), List.of(Workbench.reward(bundle))));
            client.echoNanos();
        }
        List<String> responses = texts.stream().map(Sample::getResponse).toList();
        for (int call = 0; call < warmUpCalls; call += calls) {
            bare.load(responses);
            bare.run(1);
        }
    }

    private static Round round(Bundle bundle, List<Sample> samples, BareProcess bare, Client client)
            throws IOException {
        Round round = new Round();
        for (Sample sample : samples) {
            bare.load(List.of(sample.getResponse()));
            long bareNanos = bare.run(1).nanosEach().getFirst();
            round.bare().add(bareNanos);
            round.echo().add(client.echoNanos());

            ScoreRequest request = Client.request(List.of(sample), List.of(Workbench.reward(bundle)));
            long start = System.nanoTime();
            Answer answer = client.scoreAndWait(request);
            long serviceNanos = System.nanoTime() - start;
            if (answer.outcome() != Outcome.REWARDED) {
                throw new IOException("a call failed: %s (expected: none)".formatted(answer.reason()));
            }
            round.service().add(serviceNanos);
            round.addedMillis().add((serviceNanos - bareNanos) / 1e6);
            round.echo().add(client.echoNanos());
        }
        return round;
    }

    private Result result(List<Round> measured) {
        Round all = new Round();
        measured.forEach(all::addAll);
        Figures table = Figures.of(
                "Milliseconds of a call, %d tokens a response, %d texts"
                        .formatted(tokens, all.service().count()),
                "percentile",
                "bare run",
                "service",
                "empty call",
                "difference / empty call");
        for (double percentile : new double[] {50, 90, 95, 99}) {
            table = table.with(
                    percentile,
                    all.bare().millis(percentile),
                    all.service().millis(percentile),
                    all.echo().millis(percentile),
                    all.added(percentile));
        }
        Spread added = spread(measured, Round::added);
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
                        Check.atMost(
                                "added time of a text / empty call, median of the rounds' medians", added.median(), 2),
                        Check.atMost("difference of the 99th percentiles / empty call's", all.added(99), 4)),
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
