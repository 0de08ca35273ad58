package dev.winnow.loadtest.scenario;

import dev.winnow.loadtest.bundle.Bundle;
import dev.winnow.loadtest.load.Client;
import dev.winnow.loadtest.load.ClosedLoop;
import dev.winnow.loadtest.load.Outcome;
import dev.winnow.loadtest.load.ScoreStream;
import dev.winnow.loadtest.process.RewardService;
import dev.winnow.loadtest.report.Chart;
import dev.winnow.loadtest.report.Check;
import dev.winnow.loadtest.report.Figures;
import dev.winnow.loadtest.report.Result;
import dev.winnow.loadtest.text.Lengths;
import dev.winnow.loadtest.text.Samples;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.ScoreRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Whether a sample's values depend on what is scored beside it. Every sample is scored alone, and then once more, in
 * another order, half of them in batches of 1 to 64 and the other half over a stream at the same time.
 */
@Command(name = "same-bits", description = "Values alone and under load, bit for bit.")
public final class SameBits implements Scenario {
    private static final int LARGEST_BATCH = 64;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int BATCHES_IN_FLIGHT = 4;
    private static final int STREAMED_IN_FLIGHT = 64;

    @Option(
            names = "--bundle",
            defaultValue = "toxicity",
            paramLabel = "BUNDLE[/INPUT]",
            description = Workbench.BUNDLE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String bundleName;

    @Option(names = "--samples", defaultValue = "10000", description = "Default: ${DEFAULT-VALUE}.")
    private int sampleCount;

    /** Results by id. Values are compared with {@code equals}, which for protobuf's floats is bit by bit. */
    private record Compared(int samples, int answered, int different, long values) {}

    @Override
    public Result measure(Workbench bench) throws IOException, InterruptedException {
        Bundle bundle = bench.bundle(bundleName);
        Samples source = bench.samples(bundle, Lengths.mixed());
        List<RewardRequest> rewards = Workbench.rewards(bundle);
        List<Sample> samples =
                new ArrayList<>(Stream.generate(source::next).limit(sampleCount).toList());
        Map<String, SampleResult> alone = new ConcurrentHashMap<>();
        Map<String, SampleResult> beside = new ConcurrentHashMap<>();
        try (RewardService service = bench.service();
                Client client = bench.client(service);
                ProgressBar bar = bench.progress("samples", 2L * sampleCount)) {
            ClosedLoop.run(
                    samples.stream()
                            .map(sample -> Client.request(List.of(sample), rewards))
                            .iterator(),
                    client,
                    1,
                    () -> true,
                    (call, answer) -> keep(answer.results(), alone, bar));
            Collections.shuffle(samples, java.util.Random.from(bench.random()));
            List<Sample> streamed = samples.subList(0, samples.size() / 2);
            List<Sample> batched = samples.subList(samples.size() / 2, samples.size());
            CompletableFuture<Void> stream = ScoreStream.run(
                    client, rewards, streamed, STREAMED_IN_FLIGHT, result -> keep(List.of(result), beside, bar));
            List<ScoreRequest> unanswered = batches(batched, rewards, bench);
            while (!unanswered.isEmpty()) {
                Queue<ScoreRequest> refused = new ConcurrentLinkedQueue<>();
                ClosedLoop.run(unanswered.iterator(), client, BATCHES_IN_FLIGHT, () -> true, (call, answer) -> {
                    keep(answer.results(), beside, bar);
                    if (answer.outcome() == Outcome.REJECTED) {
                        refused.add(call);
                    }
                });
                unanswered = List.copyOf(refused);
                // The stream fills the service; what it leaves no room for comes again.
                Thread.sleep(RETRY);
            }
            stream.join();
        }
        return result(compare(samples, alone, beside));
    }

    private static void keep(List<SampleResult> results, Map<String, SampleResult> kept, ProgressBar bar) {
        results.stream().filter(SampleResult::hasRewards).forEach(result -> kept.put(result.getId(), result));
        bar.stepBy(results.size());
    }

    private static List<ScoreRequest> batches(List<Sample> samples, List<RewardRequest> rewards, Workbench bench) {
        List<ScoreRequest> batches = new ArrayList<>();
        for (int from = 0, to; from < samples.size(); from = to) {
            to = Math.min(samples.size(), from + bench.random().nextInt(1, LARGEST_BATCH + 1));
            batches.add(Client.request(samples.subList(from, to), rewards));
        }
        return batches;
    }

    private static Compared compare(
            List<Sample> samples, Map<String, SampleResult> alone, Map<String, SampleResult> beside) {
        int answered = 0;
        int different = 0;
        long values = 0;
        for (Sample sample : samples) {
            SampleResult one = alone.get(sample.getId());
            SampleResult other = beside.get(sample.getId());
            if (one != null && other != null) {
                answered++;
                different += one.equals(other) ? 0 : 1;
                values += one.getRewards().getVectorsList().stream()
                        .mapToInt(vector -> vector.getValuesCount())
                        .sum();
            }
        }
        return new Compared(samples.size(), answered, different, values);
    }

    private static Result result(Compared compared) {
        Figures table = Figures.of("Samples", "samples", "answered both times", "values", "different")
                .with(compared.samples(), compared.answered(), compared.values(), compared.different());
        return new Result(
                "same-bits",
                "whether samples of 20 to 500 tokens have the same values alone and under mixed load, bit for bit",
                List.of(table),
                List.of(
                        Check.atLeast("samples answered both times", compared.answered(), compared.samples()),
                        Check.none("samples with a bit that differs", compared.different())),
                new Chart(
                        "Samples with a bit that differs",
                        "samples",
                        "different",
                        false,
                        List.of(new Chart.Series(
                                "different", List.of(0.0, (double) compared.answered()), List.of(0.0, (double)
                                        compared.different())))));
    }
}
