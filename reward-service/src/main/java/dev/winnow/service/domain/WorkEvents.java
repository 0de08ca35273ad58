package dev.winnow.service.domain;

import java.util.List;

/** The port through which the engine tells what it does, for metrics and logs. Implementations are thread-safe. */
public interface WorkEvents {
    /** Nobody listens. */
    WorkEvents NONE = new WorkEvents() {
        @Override
        public void sampleFinished(String sampleId, List<String> rewards, SampleOutcome outcome, long nanos) {}

        @Override
        public void sampleTokenized(long nanos) {}

        @Override
        public void sampleFaulted(String sampleId, String faultId, Throwable fault) {}

        @Override
        public void rowRun(int tokens, long queuedNanos, long runNanos) {}

        @Override
        public void rowShared() {}
    };

    /**
     * A sample was answered; counted once for each.
     *
     * @param rewards {@code BUNDLE/NAME@DENSITY} of each reward asked for
     * @param nanos from admission to the answer
     */
    void sampleFinished(String sampleId, List<String> rewards, SampleOutcome outcome, long nanos);

    /** A sample was tokenised and laid out for every model that it needs. */
    void sampleTokenized(long nanos);

    /** The service or a model failed on a sample; {@code faultId} is what the caller was told. */
    void sampleFaulted(String sampleId, String faultId, Throwable fault);

    /** A model ran one row. */
    void rowRun(int tokens, long queuedNanos, long runNanos);

    /** A row equal to one in flight was asked for, and joined it. */
    void rowShared();
}
