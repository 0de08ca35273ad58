package dev.winnow.service.domain;

import java.util.List;

/** The port through which the engine tells what it does, for metrics and logs. Implementations are thread-safe. */
public interface WorkEvents {
    /** Nobody listens. */
    WorkEvents NONE = new WorkEvents() {
        @Override
        public void callFinished(String method, Caller caller, String status) {}

        @Override
        public void sampleFinished(
                String sampleId, Caller caller, List<String> rewards, SampleOutcome outcome, long nanos) {}

        @Override
        public void sampleTokenized(long nanos) {}

        @Override
        public void sampleFaulted(String sampleId, String faultId, Throwable fault) {}

        @Override
        public void workDropped(Stage stage, Failure reason) {}

        @Override
        public void rowStarted(long queuedNanos) {}

        @Override
        public void batchRun(String model, int rows, int width, int tokens, long nanos) {}

        @Override
        public void rowShared() {}
    };

    /**
     * A call was answered, whatever became of its samples.
     *
     * @param status the name of its gRPC status
     */
    void callFinished(String method, Caller caller, String status);

    /**
     * A sample was answered; counted once for each.
     *
     * @param rewards {@code BUNDLE/NAME@DENSITY} of each reward asked for
     * @param nanos from admission to the answer
     */
    void sampleFinished(String sampleId, Caller caller, List<String> rewards, SampleOutcome outcome, long nanos);

    /** A sample was tokenised and laid out for every model that it needs. */
    void sampleTokenized(long nanos);

    /** The service or a model failed on a sample; {@code faultId} is what the caller was told. */
    void sampleFaulted(String sampleId, String faultId, Throwable fault);

    /** Work was dropped, or stopped, because nobody wanted it any more: a sample or a row, as the stage says. */
    void workDropped(Stage stage, Failure reason);

    /** A worker took a row. */
    void rowStarted(long queuedNanos);

    /**
     * A model ran.
     *
     * @param model the bundle's name
     * @param width tokens of the longest row, which all were padded to
     * @param tokens of all rows, without padding
     */
    void batchRun(String model, int rows, int width, int tokens, long nanos);

    /** A row equal to one in flight was asked for, and joined it. */
    void rowShared();
}
