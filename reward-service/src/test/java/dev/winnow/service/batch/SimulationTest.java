package dev.winnow.service.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.batch.Simulation.Arrival;
import dev.winnow.service.batch.Simulation.Started;
import dev.winnow.service.domain.TestingCalls;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The queue and its policies on recorded lengths and a deterministic clock of microseconds. */
class SimulationTest {
    /** Words of answers in QA-Feedback's train_1k at probabilities of 0, 0.1, ... 1. */
    private static final int[] ANSWERS = {13, 35, 45, 53, 61, 69, 78, 88, 99, 122, 491};

    /** Words of Toxic Spans' posts at the same probabilities. */
    private static final int[] POSTS = {1, 7, 11, 15, 19, 24, 31, 40, 54, 81, 192};

    private static final int BUDGET = 8_192;

    @Property(tries = 30)
    void rowWaitsForNoMoreBatchesThanRowsWereAhead(@ForAll long seed) {
        for (int[] lengths : List.of(ANSWERS, POSTS)) {
            Simulation simulation = new Simulation(new TokenBudget(BUDGET), SimulationTest::gpu);
            assertThat(simulation.run(arrivals(lengths, 400, 300, seed, "caller")))
                    .hasSize(400)
                    .allSatisfy(row ->
                            assertThat(row.batch() - row.batchesAtArrival()).isLessThanOrEqualTo(row.ahead()));
        }
    }

    @Property(tries = 30)
    void deviceNeverIdlesWhileARowWaits(@ForAll long seed) {
        Simulation simulation = new Simulation(new TokenBudget(BUDGET), SimulationTest::gpu);
        List<Started> rows = simulation.run(arrivals(ANSWERS, 400, 0, seed, "caller"));
        assertThat(rows.getLast().at()).isLessThan(simulation.busy());
        assertThat(rows).allSatisfy(row -> assertThat(row.at()).isLessThan(simulation.busy()));
    }

    @Property(tries = 30)
    void gpuIsSeveralTimesFasterWithBatchesAndACoreWithout(@ForAll long seed) {
        for (int[] lengths : List.of(ANSWERS, POSTS)) {
            List<Arrival> arrivals = arrivals(lengths, 400, 0, seed, "caller");
            assertThat(busy(BatchPolicy.ALONE, SimulationTest::gpu, arrivals))
                    .isGreaterThan(5 * busy(new TokenBudget(BUDGET), SimulationTest::gpu, arrivals));
            assertThat(busy(BatchPolicy.ALONE, SimulationTest::core, arrivals))
                    .isLessThan(busy(new TokenBudget(BUDGET), SimulationTest::core, arrivals));
        }
    }

    @Property(tries = 30)
    void modestCallerWaitsForAboutOneRowOfAGreedyOne(@ForAll long seed) {
        Random random = new Random(seed);
        List<Arrival> greedy = arrivals(ANSWERS, 1_000, 0, random.nextLong(), "greedy");
        List<Arrival> modest = arrivals(POSTS, 40, 400_000, random.nextLong(), "modest");
        List<Arrival> both = Stream.concat(greedy.stream(), modest.stream())
                .sorted(Comparator.comparingLong(Arrival::at))
                .toList();
        List<Started> rows = new Simulation(BatchPolicy.ALONE, SimulationTest::core).run(both);
        long longestRun =
                rows.stream().mapToLong(row -> core(List.of(row.job()))).max().orElseThrow();
        assertThat(rows.stream().filter(row -> row.caller().name().equals("modest")))
                .allSatisfy(row -> assertThat(row.waited()).isLessThanOrEqualTo(2 * longestRun));
    }

    @Example
    void oneCallersRowsRunAloneInTheOrderOfArrival() {
        List<Started> rows =
                new Simulation(BatchPolicy.ALONE, SimulationTest::core).run(arrivals(POSTS, 200, 1_000, 7, "caller"));
        assertThat(rows).isSortedAccordingTo(Comparator.comparingLong(row -> row.job().queuedAt));
        assertThat(rows).extracting(Started::batch).doesNotHaveDuplicates();
    }

    /** A core takes its time for each token and little for each run; padding costs as much as text. */
    private static long core(List<Job> batch) {
        return 100 + 250L * paddedTokens(batch);
    }

    /** A GPU takes its time for each run, which rows share, and little for each token. */
    private static long gpu(List<Job> batch) {
        return 4_000 + paddedTokens(batch);
    }

    private static long busy(BatchPolicy policy, ToLongFunction<List<Job>> device, List<Arrival> arrivals) {
        Simulation simulation = new Simulation(policy, device);
        assertThat(simulation.run(arrivals)).hasSameSizeAs(arrivals);
        return simulation.busy();
    }

    private static long paddedTokens(List<Job> batch) {
        return (long) batch.size() * batch.stream().mapToInt(Job::width).max().orElseThrow();
    }

    /** Rows of a caller, at random times of so many microseconds apart on average. */
    private static List<Arrival> arrivals(int[] words, int count, int apart, long seed, String caller) {
        Random random = new Random(seed);
        List<Arrival> arrivals = new ArrayList<>();
        double at = 0;
        for (int index = 0; index < count; index++) {
            at -= apart * Math.log1p(-random.nextDouble());
            arrivals.add(new Arrival((long) at, TestingCalls.caller(caller), tokens(words, random.nextDouble())));
        }
        return arrivals;
    }

    /** Between two of the recorded lengths in proportion; four tokens for three words. */
    private static int tokens(int[] words, double probability) {
        double place = probability * (words.length - 1);
        int below = (int) place;
        double length = words[below] + (place - below) * (words[below + 1] - words[below]);
        return Math.max(1, (int) (length * 4 / 3));
    }
}
