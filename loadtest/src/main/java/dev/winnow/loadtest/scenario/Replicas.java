package dev.winnow.loadtest.scenario;

import dev.winnow.loadtest.load.Channels;
import dev.winnow.loadtest.load.Client;
import dev.winnow.loadtest.load.ClosedLoop;
import dev.winnow.loadtest.load.Outcome;
import dev.winnow.loadtest.process.StartedService;
import dev.winnow.loadtest.report.Chart;
import dev.winnow.loadtest.report.Check;
import dev.winnow.loadtest.report.Figures;
import dev.winnow.loadtest.report.Result;
import dev.winnow.v1.ScoreRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Several services behind one caller that balances. How evenly the calls spread, and what is lost when one is killed.
 * Services on one machine share its cores: this says nothing of scaling.
 */
@Command(name = "replicas", description = "Evenness and failover over several services.")
public final class Replicas implements Scenario {
    private static final String SAMPLES = "winnow_sample_seconds_count";
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int CALLS_IN_FLIGHT_A_REPLICA = 4;
    private static final int MOST_SENDINGS = 5;

    @Mixin
    private final Workload workload = new Workload();

    @Option(names = "--replicas", defaultValue = "3", description = "At most. Default: ${DEFAULT-VALUE}.")
    private int replicas;

    @Option(names = "--calls", defaultValue = "2000", description = "For each number. Default: ${DEFAULT-VALUE}.")
    private int callCount;

    /** What became of the calls while a service was killed. */
    private record Failover(int sentAgain, int lost) {}

    @Override
    public Result measure(Workbench bench) throws IOException, InterruptedException {
        Iterator<ScoreRequest> calls = workload.calls(bench);
        Figures table = Figures.of(
                "Calls by replica", "replicas", "calls", "calls/s", "answered by each", "(most - least) / mean");
        List<Double> unevenness = new ArrayList<>();
        List<StartedService> services = new ArrayList<>();
        Failover failover;
        try (ProgressBar bar = bench.progress("replicas", replicas + 1L)) {
            for (int count = 1; count <= replicas; count++) {
                services.add(bench.start());
                try (Client client = balanced(services)) {
                    warmUp(calls, client, services);
                    List<Double> before = samples(services);
                    ClosedLoop.Load load =
                            ClosedLoop.run(Workbench.list(calls, callCount), client, CALLS_IN_FLIGHT_A_REPLICA * count);
                    List<Double> each = differences(samples(services), before);
                    unevenness.add(unevenness(each));
                    table = table.with(
                            count,
                            load.tally().count(Outcome.REWARDED),
                            load.perSecond(),
                            each.toString(),
                            unevenness.getLast());
                }
                bar.step();
            }
            failover = failover(services, Workbench.list(calls, callCount));
            bar.step();
        } finally {
            services.forEach(StartedService::close);
        }
        return result(table, unevenness, failover);
    }

    private static Client balanced(List<StartedService> services) {
        return new Client(
                Channels.balanced(services.stream().map(StartedService::target).toList()), TIMEOUT);
    }

    /** Makes calls until every service has answered one: connections are made one after the other. */
    private static void warmUp(Iterator<ScoreRequest> calls, Client client, List<StartedService> services)
            throws IOException, InterruptedException {
        List<Double> before = samples(services);
        do {
            ClosedLoop.run(Workbench.list(calls, services.size()), client, 1);
        } while (Collections.min(differences(samples(services), before)) == 0);
    }

    /** Kills a service when a third of the calls have been answered, and sends again what found no server. */
    private static Failover failover(List<StartedService> services, List<ScoreRequest> calls)
            throws InterruptedException {
        AtomicInteger answered = new AtomicInteger();
        int sentAgain = 0;
        AtomicInteger rewarded = new AtomicInteger();
        Thread killer = Thread.ofPlatform().unstarted(() -> kill(services.getLast()));
        try (Client client = balanced(services)) {
            List<ScoreRequest> open = calls;
            for (int sending = 0; sending < MOST_SENDINGS && !open.isEmpty(); sending++) {
                Queue<ScoreRequest> unavailable = new ConcurrentLinkedQueue<>();
                ClosedLoop.run(
                        open.iterator(),
                        client,
                        CALLS_IN_FLIGHT_A_REPLICA * services.size(),
                        () -> true,
                        (call, answer) -> {
                            if (answered.incrementAndGet() == calls.size() / 3) {
                                killer.start();
                            }
                            if (answer.outcome() == Outcome.REWARDED) {
                                rewarded.incrementAndGet();
                            } else if (answer.isUnavailable()) {
                                unavailable.add(call);
                            }
                        });
                open = List.copyOf(unavailable);
                sentAgain += open.size();
            }
        }
        killer.join();
        return new Failover(sentAgain, calls.size() - rewarded.get());
    }

    private static void kill(StartedService service) {
        try {
            service.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Double> samples(List<StartedService> services) throws IOException {
        List<Double> samples = new ArrayList<>();
        for (StartedService service : services) {
            samples.add(service.metrics().sum(SAMPLES));
        }
        return samples;
    }

    private static List<Double> differences(List<Double> after, List<Double> before) {
        List<Double> differences = new ArrayList<>();
        for (int service = 0; service < after.size(); service++) {
            differences.add(after.get(service) - before.get(service));
        }
        return differences;
    }

    private static double unevenness(List<Double> each) {
        double mean = each.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        return (Collections.max(each) - Collections.min(each)) / mean;
    }

    private Result result(Figures table, List<Double> unevenness, Failover failover) {
        Figures lost = Figures.of(
                        "One of %d replicas killed at a third of the calls".formatted(replicas),
                        "calls",
                        "sent again",
                        "lost")
                .with(callCount, failover.sentAgain(), failover.lost());
        List<Double> x = new ArrayList<>();
        unevenness.forEach(figure -> x.add(x.size() + 1.0));
        return new Result(
                "replicas",
                "how calls spread over 1 to %d services, and what is lost when one is killed".formatted(replicas),
                List.of(table, lost),
                List.of(
                        Check.atMost("(most - least) / mean of calls answered", Collections.max(unevenness), 0.05),
                        Check.none("calls lost", failover.lost())),
                new Chart(
                        "Unevenness of the replicas",
                        "replicas",
                        "(most - least) / mean",
                        false,
                        List.of(new Chart.Series("calls answered", x, unevenness))));
    }
}
