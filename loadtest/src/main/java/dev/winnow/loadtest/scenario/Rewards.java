package dev.winnow.loadtest.scenario;

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
import dev.winnow.v1.RewardRequest;
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

/** What more rewards of one input cost: the same samples with one, two, ... all of the rewards that read it. */
@Command(name = "rewards", description = "The cost of several rewards of one input against one.")
public final class Rewards implements Scenario {
    private static final int BATCH = 16;
    private static final int BATCHES_IN_FLIGHT = 4;

    @Option(
            names = "--bundle",
            defaultValue = "qa-feedback",
            paramLabel = "BUNDLE[/INPUT]",
            description = Workbench.BUNDLE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String bundleName;

    @Option(names = "--rounds", defaultValue = "7", description = "Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--samples", defaultValue = "160", description = "Of a round. Default: ${DEFAULT-VALUE}.")
    private int sampleCount;

    private record Cost(double cpuSeconds, double seconds) {}

    @Override
    public Result measure(Workbench bench) throws IOException, InterruptedException {
        Bundle bundle = bench.bundle(bundleName);
        List<RewardRequest> rewards = Workbench.rewards(bundle);
        if (rewards.size() < 2) {
            throw new IOException("bundle %s: %d reward of input %s (expected: >= 2)"
                    .formatted(bundleName, rewards.size(), bundle.input()));
        }
        Samples source = bench.samples(bundle, Lengths.answers());
        List<List<Cost>> costs = new ArrayList<>();
        try (StartedService service = bench.start();
                Client client = bench.client(service);
                ProgressBar bar = bench.progress("rounds", rounds)) {
            round(service, client, draw(source), rewards, 0);
            for (int round = 0; round < rounds; round++) {
                costs.add(round(service, client, draw(source), rewards, round));
                bar.step();
            }
        }
        return result(rewards, costs);
    }

    private List<Sample> draw(Samples source) {
        return Stream.generate(source::next).limit(sampleCount).toList();
    }

    /** Returns the cost with 1 to all rewards, measured in another order each round. */
    private static List<Cost> round(
            StartedService service, Client client, List<Sample> samples, List<RewardRequest> rewards, int round)
            throws IOException, InterruptedException {
        Cost[] costs = new Cost[rewards.size()];
        for (int step = 0; step < costs.length; step++) {
            int more = (step + round) % costs.length;
            costs[more] = cost(service, client, samples, rewards.subList(0, more + 1));
        }
        return List.of(costs);
    }

    private static Cost cost(StartedService service, Client client, List<Sample> samples, List<RewardRequest> rewards)
            throws IOException, InterruptedException {
        List<ScoreRequest> requests = IntStream.iterate(0, from -> from < samples.size(), from -> from + BATCH)
                .mapToObj(from ->
                        Client.request(samples.subList(from, Math.min(from + BATCH, samples.size())), rewards))
                .toList();
        ProcessHandle process = service.process().orElseThrow();
        Duration before = ProcessFigures.cpuTime(process);
        ClosedLoop.Load load = ClosedLoop.run(requests, client, BATCHES_IN_FLIGHT);
        if (load.tally().count(Outcome.REWARDED) < requests.size()) {
            throw new IOException("calls that failed: %s (expected: none)"
                    .formatted(load.tally().reasons()));
        }
        return new Cost(ProcessFigures.cpuTime(process).minus(before).toNanos() / 1e9, load.seconds());
    }

    private Result result(List<RewardRequest> rewards, List<List<Cost>> costs) {
        Figures table = Figures.of(
                "%d samples with 1 to %d rewards: median (lowest..highest) of %d rounds"
                        .formatted(sampleCount, rewards.size(), rounds),
                "rewards",
                "service CPU s",
                "seconds",
                "CPU / CPU of one",
                "time / time of one");
        List<Double> ratios = new ArrayList<>();
        List<Double> x = new ArrayList<>();
        for (int more = 0; more < rewards.size(); more++) {
            int index = more;
            Spread cpu = spread(costs, index, false);
            ratios.add(cpu.median());
            x.add(more + 1.0);
            table = table.with(
                    more + 1,
                    Spread.of(costs.stream()
                            .map(round -> round.get(index).cpuSeconds())
                            .toList()),
                    Spread.of(costs.stream()
                            .map(round -> round.get(index).seconds())
                            .toList()),
                    cpu,
                    spread(costs, index, true));
        }
        return new Result(
                "rewards",
                "what all rewards of one input of bundle %s cost against one".formatted(bundleName),
                List.of(table),
                List.of(Check.atMost(
                        "service CPU, %d rewards / 1 reward".formatted(rewards.size()), ratios.getLast(), 1.05)),
                new Chart(
                        "Rewards of one input",
                        "rewards",
                        "cost / cost of one",
                        false,
                        List.of(new Chart.Series("service CPU", x, ratios))));
    }

    private static Spread spread(List<List<Cost>> costs, int index, boolean isTime) {
        return Spread.of(costs.stream()
                .map(round -> isTime
                        ? round.get(index).seconds() / round.getFirst().seconds()
                        : round.get(index).cpuSeconds() / round.getFirst().cpuSeconds())
                .toList());
    }
}
