package dev.winnow.loadtest.scenario;

import dev.winnow.loadtest.bare.BareProcess;
import dev.winnow.loadtest.bare.BareRun;
import dev.winnow.loadtest.bundle.Bundle;
import dev.winnow.loadtest.load.Client;
import dev.winnow.loadtest.load.ClosedLoop;
import dev.winnow.loadtest.load.Outcome;
import dev.winnow.loadtest.process.ProcessFigures;
import dev.winnow.loadtest.process.StartedService;
import dev.winnow.loadtest.report.Chart;
import dev.winnow.loadtest.report.Check;
import dev.winnow.loadtest.report.Figures;
import dev.winnow.loadtest.report.Result;
import dev.winnow.loadtest.statistics.Spread;
import dev.winnow.loadtest.text.Lengths;
import dev.winnow.loadtest.text.Samples;
import dev.winnow.v1.Sample;
import dev.winnow.v1.ScoreRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Tokens a second and CPU seconds a token of the service and of bare ONNX Runtime, in turn: the same texts, the same
 * cores, tokenising included.
 */
@Command(name = "ceiling", description = "Compare the service's throughput with that of bare ONNX Runtime.")
public final class Ceiling implements Scenario {
    private static final int BATCH = 16;
    private static final int BATCHES_IN_FLIGHT = 4;
    private static final int WARM_UP_ROUNDS = 2;

    /** Above this share of the cores the generator takes so much that the clock says little of the service. */
    private static final double NEGLIGIBLE = 0.005;

    @Option(
            names = "--bundle",
            defaultValue = "toxicity",
            paramLabel = "BUNDLE[/INPUT]",
            description = Workbench.BUNDLE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String bundleName;

    @Option(names = "--rounds", defaultValue = "7", description = "Pairs of runs. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "What each run takes, about. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    /** One run of either. */
    private record Run(long tokens, double seconds, double cpuSeconds, double generatorSeconds) {
        double tokensPerSecond() {
            return tokens / seconds;
        }

        double cpuSecondsPerMillion() {
            return cpuSeconds / tokens * 1e6;
        }
    }

    private record Pair(Run bare, Run service) {}

    /** Both sides, ready to run. */
    private record Sides(Bundle bundle, BareProcess bare, StartedService service, Client client) {
        Run runBare(List<Sample> samples) throws IOException {
            bare.load(samples.stream().map(Sample::getResponse).toList());
            Duration cpu = bare.cpuTime();
            BareRun run = bare.run(Runtime.getRuntime().availableProcessors());
            return new Run(
                    run.tokens(),
                    run.nanos() / 1e9,
                    Ceiling.seconds(bare.cpuTime().minus(cpu)),
                    0);
        }

        Run runService(List<Sample> samples) throws IOException, InterruptedException {
            List<ScoreRequest> requests = IntStream.iterate(0, from -> from < samples.size(), from -> from + BATCH)
                    .mapToObj(from -> Client.request(
                            samples.subList(from, Math.min(from + BATCH, samples.size())),
                            List.of(Workbench.reward(bundle))))
                    .toList();
            double tokens = service.metrics().sum("winnow_run_tokens_total");
            Duration generator = ProcessFigures.cpuTime(ProcessHandle.current());
            Duration cpu = ProcessFigures.cpuTime(service.process().orElseThrow());
            ClosedLoop.Load load = ClosedLoop.run(requests, client, BATCHES_IN_FLIGHT);
            Duration cpuOfRun =
                    ProcessFigures.cpuTime(service.process().orElseThrow()).minus(cpu);
            Duration generatorOfRun =
                    ProcessFigures.cpuTime(ProcessHandle.current()).minus(generator);
            if (load.tally().count(Outcome.REWARDED) != requests.size()) {
                throw new IOException("calls that failed: %s (expected: none)"
                        .formatted(load.tally().reasons()));
            }
            return new Run(
                    (long) (service.metrics().sum("winnow_run_tokens_total") - tokens),
                    load.seconds(),
                    Ceiling.seconds(cpuOfRun),
                    Ceiling.seconds(generatorOfRun));
        }
    }

    @Override
    public Result measure(Workbench bench) throws IOException, InterruptedException {
        Bundle bundle = bench.bundle(bundleName);
        Samples samples = bench.samples(bundle, Lengths.mixed());
        List<Pair> pairs = new ArrayList<>();
        try (BareProcess bare = bench.bare(bundle);
                StartedService service = bench.start();
                Client client = bench.client(service);
                ProgressBar bar = bench.progress("rounds", rounds)) {
            Sides sides = new Sides(bundle, bare, service, client);
            int count = samplesOfRound(sides, samples);
            for (int round = 0; round < rounds; round++) {
                pairs.add(round(sides, draw(samples, count), round % 2 == 0));
                bar.step();
            }
        }
        return result(pairs);
    }

    /** Warms both sides up, and finds out how many samples take as long as a run shall. */
    private int samplesOfRound(Sides sides, Samples samples) throws IOException, InterruptedException {
        // A model's metrics are there from its first run on.
        var _ = sides.client()
                .score(Client.request(List.of(samples.next()), List.of(Workbench.reward(sides.bundle()))))
                .join();
        int count = 2 * BATCH;
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            Pair pair = round(sides, draw(samples, count), true);
            count = Math.max(1, (int) Math.round(count * seconds / pair.bare().seconds()));
        }
        return count;
    }

    private static Pair round(Sides sides, List<Sample> samples, boolean isBareFirst)
            throws IOException, InterruptedException {
        Run first = isBareFirst ? sides.runBare(samples) : sides.runService(samples);
        Run second = isBareFirst ? sides.runService(samples) : sides.runBare(samples);
        Pair pair = isBareFirst ? new Pair(first, second) : new Pair(second, first);
        if (pair.bare().tokens() != pair.service().tokens()) {
            throw new IOException("tokens that the service ran: %d (expected: %d, as bare ONNX Runtime did)"
                    .formatted(pair.service().tokens(), pair.bare().tokens()));
        }
        return pair;
    }

    private static List<Sample> draw(Samples samples, int count) {
        return Stream.generate(samples::next).limit(count).toList();
    }

    private static Result result(List<Pair> pairs) {
        int cores = Runtime.getRuntime().availableProcessors();
        Figures table = Figures.of(
                "Rounds; tokens include special tokens",
                "round",
                "tokens",
                "bare tokens/s",
                "service tokens/s",
                "ratio",
                "bare CPU s/million",
                "service CPU s/million",
                "ratio",
                "generator's share of the cores");
        List<Double> speeds = new ArrayList<>();
        List<Double> costs = new ArrayList<>();
        List<Double> generator = new ArrayList<>();
        for (Pair pair : pairs) {
            Run bare = pair.bare();
            Run service = pair.service();
            speeds.add(service.tokensPerSecond() / bare.tokensPerSecond());
            costs.add(service.cpuSecondsPerMillion() / bare.cpuSecondsPerMillion());
            generator.add(service.generatorSeconds() / service.seconds() / cores);
            table = table.with(
                    speeds.size(),
                    bare.tokens(),
                    bare.tokensPerSecond(),
                    service.tokensPerSecond(),
                    speeds.getLast(),
                    bare.cpuSecondsPerMillion(),
                    service.cpuSecondsPerMillion(),
                    costs.getLast(),
                    generator.getLast());
        }
        Figures summary = Figures.of("Service / bare: median (lowest..highest)", "tokens/s", "CPU s/million tokens")
                .with(Spread.of(speeds), Spread.of(costs));
        Check speed =
                Check.atLeast("tokens/s, service / bare", Spread.of(speeds).median(), 0.95);
        double share = Spread.of(generator).median();
        if (speed.verdict() == Check.Verdict.FAILS && share > NEGLIGIBLE) {
            speed = speed.undecided("the generator took %.1f%% of the cores".formatted(share * 100));
        }
        Check cost = Check.atMost(
                "CPU seconds per million tokens, service / bare",
                Spread.of(costs).median(),
                1.05);
        List<Double> x = IntStream.rangeClosed(1, pairs.size())
                .mapToObj(round -> (double) round)
                .toList();
        return new Result(
                "ceiling",
                "throughput of the service against bare ONNX Runtime, mixed lengths of 20 to 500 tokens",
                List.of(table, summary),
                List.of(speed, cost),
                new Chart(
                        "Service / bare ONNX Runtime",
                        "round",
                        "ratio",
                        false,
                        List.of(new Chart.Series("tokens/s", x, speeds), new Chart.Series("CPU s/token", x, costs))));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
