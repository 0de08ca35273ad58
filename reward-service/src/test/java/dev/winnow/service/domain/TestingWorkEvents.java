package dev.winnow.service.domain;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what it is told. */
public final class TestingWorkEvents implements WorkEvents {
    public final List<Finished> finished = new CopyOnWriteArrayList<>();
    public final List<Faulted> faulted = new CopyOnWriteArrayList<>();
    public final List<Dropped> dropped = new CopyOnWriteArrayList<>();
    public final List<Long> queued = new CopyOnWriteArrayList<>();
    public final List<Ran> ran = new CopyOnWriteArrayList<>();
    public final AtomicInteger tokenized = new AtomicInteger();
    public final AtomicInteger shared = new AtomicInteger();

    public record Finished(String sampleId, Caller caller, List<String> rewards, SampleOutcome outcome, long nanos) {}

    public record Faulted(String sampleId, String faultId, Throwable fault) {}

    public record Dropped(Stage stage, Failure reason) {}

    public record Ran(String model, int rows, int width, int tokens, long nanos) {}

    @Override
    public void callFinished(String method, Caller caller, String status) {}

    @Override
    public void sampleFinished(
            String sampleId, Caller caller, List<String> rewards, SampleOutcome outcome, long nanos) {
        finished.add(new Finished(sampleId, caller, rewards, outcome, nanos));
    }

    @Override
    public void sampleTokenized(long nanos) {
        tokenized.incrementAndGet();
    }

    @Override
    public void sampleFaulted(String sampleId, String faultId, Throwable fault) {
        faulted.add(new Faulted(sampleId, faultId, fault));
    }

    @Override
    public void workDropped(Stage stage, Failure reason) {
        dropped.add(new Dropped(stage, reason));
    }

    @Override
    public void rowStarted(long queuedNanos) {
        queued.add(queuedNanos);
    }

    @Override
    public void batchRun(String model, int rows, int width, int tokens, long nanos) {
        ran.add(new Ran(model, rows, width, tokens, nanos));
    }

    @Override
    public void rowShared() {
        shared.incrementAndGet();
    }
}
