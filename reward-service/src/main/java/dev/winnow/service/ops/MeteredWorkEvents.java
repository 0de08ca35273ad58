package dev.winnow.service.ops;

import com.google.common.base.CharMatcher;
import dev.winnow.service.domain.Caller;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.SampleOutcome;
import dev.winnow.service.domain.Stage;
import dev.winnow.service.domain.WorkEvents;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Turns what the engine does into metrics ({@code docs/metrics.md}) and logs. Never logs text of a sample. */
public final class MeteredWorkEvents implements WorkEvents {
    private static final Logger LOG = Logger.getLogger(MeteredWorkEvents.class);

    private final MeterRegistry registry;
    private final CallerLabels callers = new CallerLabels();
    private final RewardValues values;
    private final Timer total;
    private final Timer tokenize;
    private final Timer queued;
    private final Counter shared;

    public MeteredWorkEvents(MeterRegistry registry, RewardValues values) {
        this.registry = registry;
        this.values = values;
        this.total = histogram("winnow.sample", "From admission to the answer of a sample");
        this.tokenize = histogram("winnow.sample.tokenize", "From admission until a sample is tokenised and laid out");
        this.queued = histogram("winnow.row.queue", "From queueing a row to its run");
        this.shared = Counter.builder("winnow.rows.shared")
                .description("Rows that joined an equal one in flight instead of running")
                .register(registry);
    }

    @Override
    public void callFinished(String method, Caller caller, String status) {
        registry.counter("winnow.calls", "method", method, "status", status, "caller", callers.of(caller))
                .increment();
    }

    @Override
    public void sampleFinished(
            String sampleId, Caller caller, List<String> rewards, SampleOutcome outcome, long nanos) {
        String name = outcomeName(outcome);
        total.record(nanos, TimeUnit.NANOSECONDS);
        for (String reward : rewards) {
            registry.counter("winnow.samples", "reward", reward, "outcome", name, "caller", callers.of(caller))
                    .increment();
        }
        switch (outcome) {
            case SampleOutcome.Failed failed ->
                LOG.logf(
                        isCallersEnd(failed.failure()) ? Logger.Level.DEBUG : Logger.Level.INFO,
                        "sample failed: sampleId=%s outcome=%s reason=%s",
                        printable(sampleId),
                        name,
                        printable(failed.failure().message()));
            case SampleOutcome.Rewarded rewarded -> {
                rewarded.vectors().forEach(values::observe);
                LOG.debugf("sample rewarded: sampleId=%s rewards=%s", printable(sampleId), rewards);
            }
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
    public void workDropped(Stage stage, Failure reason) {
        registry.counter(
                        "winnow.dropped",
                        "stage",
                        stage.name().toLowerCase(Locale.ROOT),
                        "reason",
                        outcomeName(new SampleOutcome.Failed(reason)))
                .increment();
    }

    @Override
    public void rowStarted(long queuedNanos) {
        queued.record(queuedNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void batchRun(String model, int rows, int width, int tokens, long nanos) {
        Tags bundle = Tags.of("bundle", model);
        Timer.builder("winnow.run")
                .description("Running a batch of rows through a model")
                .publishPercentileHistogram()
                .tags(bundle)
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
        registry.summary("winnow.run.rows", bundle).record(rows);
        registry.summary("winnow.run.width", bundle).record(width);
        registry.counter("winnow.run.tokens", bundle).increment(tokens);
        registry.counter("winnow.run.padded.tokens", bundle).increment((double) rows * width);
    }

    @Override
    public void rowShared() {
        shared.increment();
    }

    /** One line for each of thousands of samples of a call that has ended would tell nothing. */
    private static boolean isCallersEnd(Failure failure) {
        return failure instanceof Failure.Cancelled || failure instanceof Failure.DeadlineExceeded;
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
                    case Failure.FailedPrecondition unfit -> "failed_precondition";
                    case Failure.PermissionDenied denied -> "permission_denied";
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
