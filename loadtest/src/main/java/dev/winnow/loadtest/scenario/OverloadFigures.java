package dev.winnow.loadtest.scenario;

import dev.winnow.loadtest.load.OpenLoop;
import dev.winnow.loadtest.load.Outcome;
import dev.winnow.loadtest.load.Tally;
import dev.winnow.loadtest.report.Chart;
import dev.winnow.loadtest.report.Check;
import dev.winnow.loadtest.report.Figures;
import dev.winnow.loadtest.report.Numbers;
import dev.winnow.loadtest.statistics.Latencies;
import dev.winnow.loadtest.statistics.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** What {@link Overload} measured, by load. */
final class OverloadFigures {
    private static final double MEBIBYTE = 1 << 20;

    private final Map<Double, List<Step>> steps = new TreeMap<>();
    private final List<Double> residentAfterRound = new ArrayList<>();
    private final double highest;

    /**
     * One load of one round.
     *
     * @param capacity of the round, in calls a second
     * @param runs of models during the load
     * @param lateRuns of models when every call had been answered or given up
     * @param residentBytes after the load
     */
    record Step(OpenLoop.Load load, Latencies echo, double capacity, double runs, double lateRuns, long residentBytes) {
        double goodput() {
            return load.goodput() / capacity;
        }

        /** Calls that were not refused and yet had no answer in time, as a share of those not refused. */
        double missed() {
            double missed = load.fromDue().count(Outcome.DEADLINE_EXCEEDED);
            return missed / Math.max(1, missed + load.fromDue().count(Outcome.REWARDED));
        }

        /** Runs whose result nobody got, as a share of all. */
        double wasted() {
            return runs == 0 ? 0 : 1 - load.fromDue().count(Outcome.REWARDED) / runs;
        }
    }

    /** What all rounds of one load had together. */
    private record Together(Tally fromDue, Tally fromStart, Latencies echo, Latencies lateness) {
        static Together of(List<Step> steps) {
            Together together = new Together(new Tally(), new Tally(), new Latencies(), new Latencies());
            for (Step step : steps) {
                together.fromDue.addAll(step.load().fromDue());
                together.fromStart.addAll(step.load().fromStart());
                together.echo.addAll(step.echo());
                together.lateness.addAll(step.load().lateness());
            }
            return together;
        }
    }

    OverloadFigures(List<Double> loads) {
        highest = loads.stream().max(Double::compare).orElseThrow();
        loads.forEach(load -> steps.put(load, new ArrayList<>()));
    }

    void add(double load, Step step) {
        at(load).add(step);
        if (load == highest) {
            residentAfterRound.add(step.residentBytes() / MEBIBYTE);
        }
    }

    private List<Step> at(double load) {
        return steps.getOrDefault(load, List.of());
    }

    Figures outcomes() {
        Figures table = Figures.of(
                "Calls by what became of them, all rounds; medians (lowest..highest) of the rounds",
                "load",
                "calls",
                "rewarded",
                "refused",
                "deadline exceeded",
                "failed",
                "goodput / capacity",
                "runs without a reader",
                "resident MiB");
        for (Map.Entry<Double, List<Step>> entry : steps.entrySet()) {
            Tally all = Together.of(entry.getValue()).fromDue();
            table = table.with(
                    entry.getKey(),
                    all.count(),
                    all.count(Outcome.REWARDED),
                    all.count(Outcome.REJECTED),
                    all.count(Outcome.DEADLINE_EXCEEDED),
                    all.count(Outcome.FAILED),
                    spread(entry.getValue(), Step::goodput),
                    spread(entry.getValue(), Step::wasted),
                    spread(entry.getValue(), step -> step.residentBytes() / MEBIBYTE));
        }
        return table;
    }

    Figures latencies() {
        Figures table = Figures.of(
                "Milliseconds: rewarded calls from when they were due, refused ones from when they started",
                "load",
                "rewarded p50",
                "rewarded p99",
                "refused p50",
                "refused p99",
                "empty call p50",
                "empty call p99",
                "generator late p99");
        for (Map.Entry<Double, List<Step>> entry : steps.entrySet()) {
            Together all = Together.of(entry.getValue());
            Latencies rewarded = all.fromDue().of(Outcome.REWARDED);
            Latencies refused = all.fromStart().of(Outcome.REJECTED);
            table = table.with(
                    entry.getKey(),
                    cell(rewarded, 50),
                    cell(rewarded, 99),
                    cell(refused, 50),
                    cell(refused, 99),
                    cell(all.echo(), 50),
                    cell(all.echo(), 99),
                    all.lateness().millis(99));
        }
        return table;
    }

    /** The claims, at the highest load. */
    List<Check> checks() {
        List<Step> overloaded = at(highest);
        Together all = Together.of(overloaded);
        Latencies refused = all.fromStart().of(Outcome.REJECTED);
        String at = " at %sx".formatted(Numbers.text(highest));
        List<Check> checks = new ArrayList<>();
        checks.add(Check.atLeast(
                "goodput / capacity" + at, spread(overloaded, Step::goodput).median(), 0.95));
        if (refused.count() == 0) {
            checks.add(Check.atLeast("refused calls" + at, 0, 1));
        } else {
            checks.add(Check.atMost(
                    "refused / empty call, medians" + at,
                    refused.millis(50) / all.echo().millis(50),
                    5));
            checks.add(Check.atMost(
                    "refused / empty call, 99th percentiles" + at,
                    refused.millis(99) / all.echo().millis(99),
                    5));
        }
        checks.add(Check.atMost(
                "admitted calls that missed their deadline, share" + at,
                spread(overloaded, Step::missed).median(),
                0.01));
        checks.add(Check.atMost(
                "runs begun after the last deadline, all loads",
                steps.values().stream()
                        .flatMap(List::stream)
                        .mapToDouble(Step::lateRuns)
                        .sum(),
                0));
        Check memory = Check.atMost(
                "resident memory, last round / first",
                residentAfterRound.getLast() / residentAfterRound.getFirst(),
                1.1);
        checks.add(residentAfterRound.size() > 1 ? memory : memory.undecided("one round"));
        checks.add(Check.atMost(
                "calls that failed",
                steps.values().stream()
                        .flatMap(List::stream)
                        .mapToDouble(step -> step.load().fromDue().count(Outcome.FAILED))
                        .sum(),
                0));
        checks.add(Generator.keptUp(all.lateness()));
        return checks;
    }

    List<Chart.Series> lines() {
        return List.of(
                line("rewarded", Outcome.REWARDED),
                line("refused", Outcome.REJECTED),
                line("deadline exceeded", Outcome.DEADLINE_EXCEEDED),
                line("failed", Outcome.FAILED));
    }

    private Chart.Series line(String name, Outcome outcome) {
        List<Double> shares = steps.values().stream()
                .map(ofLoad -> spread(
                                ofLoad,
                                step -> step.load().fromDue().count(outcome)
                                        / step.load().seconds()
                                        / step.capacity())
                        .median())
                .toList();
        return new Chart.Series(name, List.copyOf(steps.keySet()), shares);
    }

    static Object cell(Latencies latencies, double percentile) {
        return latencies.count() == 0 ? "none" : (Object) latencies.millis(percentile);
    }

    private static Spread spread(List<Step> steps, ToDoubleFunction<Step> figure) {
        return Spread.of(steps.stream().mapToDouble(figure).toArray());
    }
}
