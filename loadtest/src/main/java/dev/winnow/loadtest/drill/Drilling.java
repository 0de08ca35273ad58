package dev.winnow.loadtest.drill;

import dev.winnow.loadtest.bundle.Bundle;
import dev.winnow.loadtest.report.Chart;
import dev.winnow.loadtest.report.Check;
import dev.winnow.loadtest.report.Figures;
import dev.winnow.loadtest.report.Result;
import dev.winnow.loadtest.scenario.Scenario;
import dev.winnow.loadtest.scenario.Workbench;
import dev.winnow.loadtest.text.Lengths;
import dev.winnow.loadtest.text.Samples;
import dev.winnow.ppo.reward.connection.Connection;
import dev.winnow.v1.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;

/** Drills one after the other, with one fleet. */
public final class Drilling implements Scenario {
    private static final int SAMPLES = 200;

    /** After which a trainer asks another replica: longer than an answer takes under this load, on any of them. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final String bundle;
    private final List<Drill> drills;
    private final int replicas;
    private final Drill.Pace pace;

    /**
     * Plans drills.
     *
     * @param bundle {@code BUNDLE} or {@code BUNDLE/INPUT}, what is asked for
     */
    public Drilling(String bundle, List<Drill> drills, int replicas, Drill.Pace pace) {
        this.bundle = bundle;
        this.drills = drills;
        this.replicas = replicas;
        this.pace = pace;
    }

    @Override
    public Result measure(Workbench bench) throws IOException, InterruptedException {
        Bundle bundle = bench.bundle(this.bundle);
        Samples texts = bench.samples(bundle, Lengths.posts());
        List<Sample> samples = Stream.generate(texts::next).limit(SAMPLES).toList();
        List<Tally> tallies = new ArrayList<>();
        try (ProgressBar bar = bench.progress("drills", drills.size());
                Fleet fleet = Fleet.start(bench::start, bundle, replicas, bench.scratch())) {
            String undisturbed = fleet.replicas().getFirst().network().address();
            Questions questions = Questions.ask(undisturbed, Workbench.rewards(bundle), samples);
            for (Drill drill : drills) {
                bar.setExtraMessage(" " + drill.description());
                tallies.add(tally(drill, fleet, questions));
                bar.step();
            }
        }
        return result(tallies);
    }

    private Tally tally(Drill drill, Fleet fleet, Questions questions) throws IOException, InterruptedException {
        Connection connection = new Connection(fleet.target(), null, TIMEOUT, Connection.PATIENCE);
        try (Trainer trainer = new Trainer(connection, questions)) {
            trainer.start();
            trainer.awaitAnswers(pace.answers());
            drill.disturb(fleet, trainer, pace);
            trainer.awaitAnswers(pace.answers());
            return trainer.stop();
        }
    }

    private Result result(List<Tally> tallies) {
        Figures table = Figures.of(
                "Samples of a trainer with %d replicas".formatted(replicas),
                "drill",
                "asked",
                "answered",
                "wrong",
                "lost",
                "twice",
                "tried again",
                "longest stall, s",
                "last loss");
        for (int drill = 0; drill < drills.size(); drill++) {
            Tally tally = tallies.get(drill);
            table = table.with(
                    drills.get(drill).label(),
                    tally.asked(),
                    tally.answered(),
                    tally.wrong(),
                    tally.lost(),
                    tally.twice(),
                    tally.retries(),
                    seconds(tally.longestStall()),
                    tally.lastLoss());
        }
        return new Result(
                "drill",
                "what failures cost those who train",
                List.of(table),
                List.of(
                        Check.none(
                                "lost", tallies.stream().mapToInt(Tally::lost).sum()),
                        Check.none(
                                "wrong", tallies.stream().mapToInt(Tally::wrong).sum()),
                        Check.none(
                                "delivered twice",
                                tallies.stream().mapToInt(Tally::twice).sum()),
                        Check.none(
                                "asked and not answered",
                                tallies.stream()
                                        .mapToInt(tally -> tally.asked() - tally.answered())
                                        .sum())),
                new Chart(
                        "Longest stall of each drill",
                        "drill",
                        "seconds",
                        false,
                        List.of(new Chart.Series(
                                "longest stall",
                                IntStream.rangeClosed(1, drills.size())
                                        .asDoubleStream()
                                        .boxed()
                                        .toList(),
                                tallies.stream()
                                        .map(tally -> seconds(tally.longestStall()))
                                        .toList()))));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
