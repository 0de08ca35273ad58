package dev.winnow.service.grpc;

import dev.winnow.service.config.WinnowConfiguration;
import dev.winnow.service.domain.Call;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.Sample;
import dev.winnow.service.domain.SampleOutcome;
import dev.winnow.service.domain.SampleOutcome.Failed;
import dev.winnow.service.pipeline.RewardPipeline;
import dev.winnow.service.pipeline.Selection;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.ScoreStreamConfig;
import dev.winnow.v1.ScoreStreamRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * One ScoreStream call. Reads the next message only while the sample before it is admitted, there is room in the stream
 * and the client takes its answers: a slow client or a full service holds up nobody else and costs no memory.
 *
 * <p>gRPC calls it from one thread at a time, answers come from others; its state is guarded by itself.
 */
final class ScoreStreamCall implements StreamObserver<ScoreStreamRequest> {
    private final RewardPipeline pipeline;
    private final Call call;
    private final ServerCallStreamObserver<SampleResult> response;
    private final WinnowConfiguration.Stream limits;
    private final CallsInFlight calls;
    private final Runnable drain = this::drain;

    private final Set<String> ids = new HashSet<>();
    private @Nullable Selection selection;
    private int inFlight;
    private boolean reading;
    private boolean waitingForRoom;
    private boolean halfClosed;
    private boolean draining;
    private boolean ended;

    ScoreStreamCall(
            RewardPipeline pipeline,
            Call call,
            ServerCallStreamObserver<SampleResult> response,
            WinnowConfiguration.Stream limits,
            CallsInFlight calls) {
        this.pipeline = pipeline;
        this.call = call;
        this.response = response;
        this.limits = limits;
        this.calls = calls;
        response.disableAutoRequest();
        response.setOnReadyHandler(this::readOn);
        response.setOnCancelHandler(this::end);
        reading = true;
        response.request(1);
        calls.streamOpened(drain);
    }

    @Override
    public void onNext(ScoreStreamRequest request) {
        try {
            switch (request.getMessageCase()) {
                case CONFIG -> configure(request.getConfig());
                case SAMPLE -> accept(RequestMapper.toSample(request.getSample()));
                case MESSAGE_NOT_SET ->
                    throw FailureException.invalidArgument(
                            "message: neither config nor sample (expected: one of them)");
            }
        } catch (Throwable e) {
            fail(e);
        }
        synchronized (this) {
            reading = false;
        }
        readOn();
    }

    @Override
    public void onError(Throwable cancelled) {
        end();
    }

    @Override
    public synchronized void onCompleted() {
        halfClosed = true;
        completeIfDone();
    }

    private void configure(ScoreStreamConfig config) {
        if (selection != null) {
            throw FailureException.invalidArgument("config: sent twice (expected: once, as the first message)");
        }
        selection = pipeline.resolve(RequestMapper.toRewardRequests(config.getRewardsList()), call);
    }

    private void accept(Sample sample) {
        Selection rewards = selection;
        if (rewards == null) {
            throw FailureException.invalidArgument("first message: a sample (expected: the config)");
        }
        begin();
        try {
            sample.requireId();
        } catch (FailureException e) {
            answer(sample, new Failed(e.failure()));
            return;
        }
        if (ids.size() == limits.maximumSamples()) {
            refuse(
                    sample,
                    "samples: more than %d in one stream (expected: at most that; open another stream)"
                            .formatted(limits.maximumSamples()));
            return;
        }
        if (!ids.add(sample.id())) {
            refuse(sample, "id: %s used before in this stream (expected: each id once)".formatted(sample.id()));
            return;
        }
        CompletableFuture<RewardPipeline.Admitted> admission = pipeline.admitInTurn(sample, call);
        if (admission.isDone()) {
            var _ = admission
                    .thenCompose(admitted -> pipeline.score(admitted, rewards))
                    .whenComplete((outcome, fault) -> settle(sample, outcome, fault));
            return;
        }
        setWaitingForRoom(true);
        var _ = admission
                .whenComplete((_, _) -> setWaitingForRoom(false))
                .thenCompose(admitted -> pipeline.score(admitted, rewards))
                .whenComplete((outcome, fault) -> settle(sample, outcome, fault));
    }

    private void refuse(Sample sample, String reason) {
        answer(sample, new Failed(new Failure.InvalidArgument(reason)));
    }

    /** Answers with the outcome of a sample, or with why it was not admitted. */
    private void settle(Sample sample, @Nullable SampleOutcome outcome, @Nullable Throwable fault) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        if (outcome != null) {
            answer(sample, outcome);
        } else if (cause instanceof FailureException refused) {
            answer(sample, new Failed(refused.failure()));
        } else {
            fail(new IllegalStateException("no outcome", cause));
        }
    }

    private synchronized void begin() {
        inFlight++;
    }

    private synchronized void setWaitingForRoom(boolean waiting) {
        waitingForRoom = waiting;
        readOn();
    }

    private synchronized void answer(Sample sample, SampleOutcome outcome) {
        inFlight--;
        if (ended) {
            return;
        }
        try {
            response.onNext(ResponseMapper.toResult(sample.id(), outcome));
            completeIfDone();
            readOn();
        } catch (Throwable e) {
            fail(e);
        }
    }

    private synchronized void completeIfDone() {
        if (inFlight > 0 || ended) {
            return;
        }
        if (halfClosed) {
            end();
            response.onCompleted();
        } else if (draining) {
            fail(
                    new FailureException(
                            new Failure.Unavailable(
                                    "stream: the service is draining (expected: serving; unanswered samples may go to another replica)")));
        }
    }

    /** Reads no more, answers what was read, then ends. */
    private synchronized void drain() {
        draining = true;
        completeIfDone();
    }

    private synchronized void readOn() {
        if (!reading
                && !waitingForRoom
                && !halfClosed
                && !draining
                && !ended
                && inFlight < limits.maximumSamplesInFlight()
                && response.isReady()) {
            reading = true;
            response.request(1);
        }
    }

    /** Ends the call: what it failed on concerns all of it. */
    private synchronized void fail(Throwable cause) {
        if (!ended) {
            end();
            Calls.fail(response, cause);
            // Not in this thread, which has the stream's lock: the room that is left lets other streams go on.
            Thread.startVirtualThread(() -> call.lifetime().end(new Failure.Cancelled("stream: ended")));
        }
    }

    /** From now on nothing is answered; what is in flight is dropped as gRPC tells the call's lifetime of its end. */
    private synchronized void end() {
        ended = true;
        calls.streamEnded(drain);
    }
}
