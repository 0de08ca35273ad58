package dev.winnow.loadtest.scenario;

import dev.winnow.loadtest.bundle.Bundle;
import dev.winnow.loadtest.load.Answer;
import dev.winnow.loadtest.load.Client;
import dev.winnow.loadtest.load.ClosedLoop;
import dev.winnow.loadtest.load.Outcome;
import dev.winnow.loadtest.process.StartedService;
import dev.winnow.loadtest.report.Chart;
import dev.winnow.loadtest.report.Check;
import dev.winnow.loadtest.report.Figures;
import dev.winnow.loadtest.report.Result;
import dev.winnow.loadtest.statistics.Latencies;
import dev.winnow.loadtest.statistics.Spread;
import dev.winnow.loadtest.text.Lengths;
import dev.winnow.loadtest.text.Samples;
import dev.winnow.v1.RewardVector;
import dev.winnow.v1.ScoreRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Versions of a bundle that come and go in the watched folder while calls are answered. */
@Command(name = "reload", description = "Swaps of a bundle's version under load.")
public final class Reload implements Scenario {
    private static final int SAMPLES_A_CALL = 4;

    @Option(
            names = "--bundle",
            defaultValue = "toxicity",
            paramLabel = "BUNDLE[/INPUT]",
            description = Workbench.BUNDLE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String bundleName;

    @Option(names = "--swaps", defaultValue = "200", description = "Default: ${DEFAULT-VALUE}.")
    private int swaps;

    @Option(
            names = "--in-flight",
            defaultValue = "2",
            description = "Calls at any time, of " + SAMPLES_A_CALL + " samples each. Default: ${DEFAULT-VALUE}.")
    private int inFlight;

    /** How long the service took to serve a new version, and to let an old one go. */
    private record Swap(double secondsIn, double secondsOut) {}

    /** What the answers said of their versions. Thread-safe. */
    private static final class Versions {
        private final Set<String> seen = ConcurrentHashMap.newKeySet();
        private final AtomicInteger mixed = new AtomicInteger();

        void add(ScoreRequest request, Answer answer) {
            Set<String> digests = answer.results().stream()
                    .flatMap(result -> result.getRewards().getVectorsList().stream())
                    .map(RewardVector::getDigest)
                    .collect(Collectors.toSet());
            if (digests.size() > 1) {
                mixed.incrementAndGet();
            }
            seen.addAll(digests);
        }
    }

    @Override
    public Result measure(Workbench bench) throws IOException, InterruptedException {
        Bundle bundle = bench.bundle(bundleName);
        Samples samples = bench.samples(bundle, Lengths.posts());
        Iterator<ScoreRequest> calls = Stream.generate(() -> Client.request(
                        Stream.generate(samples::next).limit(SAMPLES_A_CALL).toList(), Workbench.rewards(bundle)))
                .iterator();
        VersionFolders folders = VersionFolders.create(bench.scratch(), bundle);
        Versions versions = new Versions();
        AtomicBoolean isOver = new AtomicBoolean();
        List<Swap> done = new ArrayList<>();
        try (StartedService service = bench.start(folders.served());
                Client client = bench.client(service);
                ExecutorService threads = Executors.newSingleThreadExecutor();
                ProgressBar bar = bench.progress("swaps", swaps)) {
            Future<ClosedLoop.Load> load =
                    threads.submit(() -> ClosedLoop.run(calls, client, inFlight, () -> !isOver.get(), versions::add));
            try {
                for (int swap = 0; swap < swaps; swap++) {
                    done.add(swap(folders, client));
                    bar.step();
                }
            } finally {
                isOver.set(true);
            }
            return result(done, load.get(), versions);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the load failed", e);
        }
    }

    private Swap swap(VersionFolders folders, Client client) throws IOException, InterruptedException {
        long start = System.nanoTime();
        String before = folders.latest();
        String after = folders.moveNextIn();
        ServedVersions.awaitLatest(client, folders.bundle(), after);
        long in = System.nanoTime();
        folders.moveOut(before);
        ServedVersions.awaitGone(client, folders.bundle(), before);
        return new Swap((in - start) / 1e9, (System.nanoTime() - in) / 1e9);
    }

    private Result result(List<Swap> done, ClosedLoop.Load load, Versions versions) {
        Latencies rewarded = load.tally().of(Outcome.REWARDED);
        List<Double> in = done.stream().map(Swap::secondsIn).toList();
        List<Double> out = done.stream().map(Swap::secondsOut).toList();
        Figures table = Figures.of(
                        "Swaps: seconds, median (lowest..highest)",
                        "swaps",
                        "until served",
                        "until gone",
                        "versions answered")
                .with(done.size(), Spread.of(in), Spread.of(out), versions.seen.size());
        Figures answers = Figures.of("Calls meanwhile, milliseconds", "calls", "rewarded", "calls/s", "p50", "p99")
                .with(
                        load.tally().count(),
                        rewarded.count(),
                        load.perSecond(),
                        rewarded.millis(50),
                        rewarded.millis(99));
        List<Double> x =
                Stream.iterate(1.0, number -> number + 1).limit(done.size()).toList();
        return new Result(
                "reload",
                "what callers notice while versions of bundle %s are swapped".formatted(bundleName),
                List.of(table, answers),
                List.of(
                        Check.atLeast("swaps", done.size(), swaps),
                        Check.none("calls that were not rewarded", load.tally().count() - rewarded.count()),
                        Check.none("answers of more than one version", versions.mixed.get())),
                new Chart(
                        "Swaps under load",
                        "swap",
                        "seconds",
                        false,
                        List.of(new Chart.Series("until served", x, in), new Chart.Series("until gone", x, out))));
    }
}
