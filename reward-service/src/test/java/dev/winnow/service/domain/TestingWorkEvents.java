package dev.winnow.service.domain;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers what it is told. */
public final class TestingWorkEvents implements WorkEvents {
    public final List<Finished> finished = new CopyOnWriteArrayList<>();
    public final List<Faulted> faulted = new CopyOnWriteArrayList<>();
    public final List<Ran> ran = new CopyOnWriteArrayList<>();
    public final AtomicInteger tokenized = new AtomicInteger();
    public final AtomicInteger shared = new AtomicInteger();

    public record Finished(String sampleId, List<String> rewards, SampleOutcome outcome, long nanos) {}

    public record Faulted(String sampleId, String faultId, Throwable fault) {}

    public record Ran(int tokens, long queuedNanos, long runNanos) {}

    @Override
    public void sampleFinished(String sampleId, List<String> rewards, SampleOutcome outcome, long nanos) {
        finished.add(new Finished(sampleId, rewards, outcome, nanos));
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
    public void rowRun(int tokens, long queuedNanos, long runNanos) {
        ran.add(new Ran(tokens, queuedNanos, runNanos));
    }

    @Override
    public void rowShared() {
        shared.incrementAndGet();
    }
}
