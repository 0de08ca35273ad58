package dev.winnow.service.ops;

import com.google.common.base.CharMatcher;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.SampleOutcome;
import dev.winnow.service.domain.WorkEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Turns what the engine does into metrics ({@code docs/metrics.md}) and logs. Never logs text of a sample. */
public final class MeteredWorkEvents implements WorkEvents {
    private static final Logger LOG = Logger.getLogger(MeteredWorkEvents.class);

    private final MeterRegistry registry;
    private final Timer total;
    private final Timer tokenize;
    private final Timer queued;
    private final Timer run;
    private final Counter tokens;
    private final Counter shared;

    public MeteredWorkEvents(MeterRegistry registry) {
        this.registry = registry;
        this.total = histogram("winnow.sample", "From admission to the answer of a sample");
        this.tokenize = histogram("winnow.sample.tokenize", "Tokenising and laying out a sample");
        this.queued = histogram("winnow.row.queue", "From queueing a row to its run");
        this.run = histogram("winnow.row.run", "Running a row through its model");
        this.tokens = Counter.builder("winnow.row.tokens")
                .description("Tokens run through models")
                .register(registry);
        this.shared = Counter.builder("winnow.rows.shared")
                .description("Rows that joined an equal one in flight instead of running")
                .register(registry);
    }

    @Override
    public void sampleFinished(String sampleId, List<String> rewards, SampleOutcome outcome, long nanos) {
        String name = outcomeName(outcome);
        total.record(nanos, TimeUnit.NANOSECONDS);
        for (String reward : rewards) {
            registry.counter("winnow.samples", "reward", reward, "outcome", name)
                    .increment();
        }
        if (outcome instanceof SampleOutcome.Failed failed) {
            LOG.infof(
                    "sample failed: sampleId=%s outcome=%s reason=%s",
                    printable(sampleId), name, printable(failed.failure().message()));
        } else {
            LOG.debugf("sample rewarded: sampleId=%s rewards=%s", printable(sampleId), rewards);
        }
    }

    @Override
    public void sampleTokenized(long nanos) {
        tokenize.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void sampleFaulted(String sampleId, String faultId, Throwable fault) {
        LOG.errorf(fault, "sample faulted: sampleId=%s faultId=%s", printable(sampleId), faultId);
    }

    @Override
    public void rowRun(int width, long queuedNanos, long runNanos) {
        queued.record(queuedNanos, TimeUnit.NANOSECONDS);
        run.record(runNanos, TimeUnit.NANOSECONDS);
        tokens.increment(width);
    }

    @Override
    public void rowShared() {
        shared.increment();
    }

    private Timer histogram(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .register(registry);
    }

    private static String outcomeName(SampleOutcome outcome) {
        return switch (outcome) {
            case SampleOutcome.Rewarded rewarded -> "rewarded";
            case SampleOutcome.Failed(Failure failure) ->
                switch (failure) {
                    case Failure.InvalidArgument invalid -> "invalid_argument";
                    case Failure.OutOfRange tooLong -> "out_of_range";
                    case Failure.NotFound unknown -> "not_found";
                    case Failure.Overloaded overloaded -> "overloaded";
                    case Failure.DeadlineExceeded late -> "deadline_exceeded";
                    case Failure.Cancelled cancelled -> "cancelled";
                    case Failure.Unavailable unavailable -> "unavailable";
                    case Failure.Internal internal -> "internal";
                };
        };
    }

    /** The caller chose the id, or a role that a reason names: control characters must not forge lines of the log. */
    private static String printable(String text) {
        return CharMatcher.javaIsoControl().replaceFrom(text, '?');
    }
}
