package dev.winnow.ppo.reward;

import dev.winnow.v1.RewardServiceGrpc.RewardServiceStub;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.ScoreStreamConfig;
import dev.winnow.v1.ScoreStreamRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One {@code ScoreStream} call, from its config to its end. Thread-safe.
 *
 * <p>Flow control, outwards: a sample waits in its caller's thread while the transport's buffer is full, as it stays
 * where the server, at its admission limit, does not read. Inwards: an answer is handed to the thread that waits for it
 * before gRPC asks for the next one, and there are never more answers than waiting threads.
 */
final class SampleStream {
    private final Map<String, CompletableFuture<SampleResult>> unanswered = new ConcurrentHashMap<>();
    private final ClientCallStreamObserver<ScoreStreamRequest> requests;

    /** Why the stream takes no more samples. */
    private @Nullable StatusRuntimeException end;

    /** How many samples may still be given to it, and how many of those given are still to be sent. */
    private int places;

    private int unsent;
    private boolean finished;
    private boolean late;

    /** Opens a stream for so many samples; the place of the first is taken, and its exchange tells where it failed. */
    SampleStream(RewardServiceStub stub, ScoreStreamConfig config, int samples) {
        places = samples - 1;
        unsent = 1;
        requests = (ClientCallStreamObserver<ScoreStreamRequest>) stub.scoreStream(new Answers());
        requests.onNext(ScoreStreamRequest.newBuilder().setConfig(config).build());
    }

    /**
     * Sends a sample, for which a place was taken, and waits for its answer.
     *
     * @param sample with an id that no other sample of this stream has
     * @param timeout how long to wait, until the stream takes the sample and until it is answered together
     * @return the answer; where none comes in time DEADLINE_EXCEEDED, and the stream takes no more samples
     * @throws StatusRuntimeException where the stream ends before the answer
     */
    SampleResult exchange(Sample sample, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        CompletableFuture<SampleResult> answer = new CompletableFuture<>();
        try {
            send(sample, answer, deadline);
            return answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            retireLate();
            return Results.late(sample, timeout);
        } catch (ExecutionException e) {
            // The same failure ends many exchanges: each throws its own.
            throw Status.fromThrowable(e).asRuntimeException(Status.trailersFromThrowable(e));
        } finally {
            unanswered.remove(sample.getId());
            cancelIfForsaken();
        }
    }

    /** Takes a place for one sample, which must then be exchanged; false where the stream takes none any more. */
    synchronized boolean takePlace() {
        if (end != null || places == 0) {
            return false;
        }
        places--;
        unsent++;
        return true;
    }

    /** Gives away no more places; samples that have one are still sent and answered. */
    synchronized void retire() {
        places = 0;
        finishIfSent();
    }

    /** What does not answer in time should get no more. */
    private synchronized void retireLate() {
        late = true;
        retire();
    }

    /** Ends a stream with late answers once nobody waits for any more of it; its server may never end it. */
    private synchronized void cancelIfForsaken() {
        if (late && unsent == 0 && unanswered.isEmpty() && end == null) {
            requests.cancel("no answer in time", null);
        }
    }

    /** Returns whether answers may still come. */
    synchronized boolean isOpen() {
        return end == null;
    }

    /** Ends the stream: in good order, or by cancelling it where samples are without an answer. */
    synchronized void close() {
        places = 0;
        if (end == null && unanswered.isEmpty() && unsent == 0) {
            finishIfSent();
        } else {
            finished = true;
            requests.cancel("the client was closed", null);
            end = end == null ? Results.closed() : end; // no sample that still has a place is sent
            notifyAll();
        }
    }

    /** Tells the server that the last sample is sent; it then answers those that it has. */
    private void finishIfSent() {
        if (places == 0 && unsent == 0 && end == null && !finished) {
            finished = true;
            requests.onCompleted();
        }
    }

    private synchronized void send(Sample sample, CompletableFuture<SampleResult> answer, long deadline)
            throws InterruptedException, TimeoutException {
        try {
            sendWhenReady(sample, answer, deadline);
        } finally {
            unsent--;
            finishIfSent();
        }
    }

    private synchronized void sendWhenReady(Sample sample, CompletableFuture<SampleResult> answer, long deadline)
            throws InterruptedException, TimeoutException {
        while (end == null && !requests.isReady()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException();
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
        }
        if (end != null) {
            answer.completeExceptionally(end);
            return;
        }
        unanswered.put(sample.getId(), answer);
        requests.onNext(ScoreStreamRequest.newBuilder().setSample(sample).build());
    }

    private void end(StatusRuntimeException reason) {
        synchronized (this) {
            end = reason;
            notifyAll();
        }
        // No sample joins them any more: send() looks at the end under the same lock.
        unanswered.values().forEach(answer -> answer.completeExceptionally(reason));
    }

    private synchronized void wake() {
        notifyAll();
    }

    private final class Answers implements ClientResponseObserver<ScoreStreamRequest, SampleResult> {
        @Override
        public void beforeStart(ClientCallStreamObserver<ScoreStreamRequest> requests) {
            requests.setOnReadyHandler(SampleStream.this::wake);
        }

        @Override
        public void onNext(SampleResult result) {
            CompletableFuture<SampleResult> answer = unanswered.get(result.getId());
            if (answer != null) {
                answer.complete(result);
            }
        }

        @Override
        public void onError(Throwable failure) {
            end(Status.fromThrowable(failure).asRuntimeException(Status.trailersFromThrowable(failure)));
        }

        @Override
        public void onCompleted() {
            end(Status.UNAVAILABLE
                    .withDescription("the server ended the stream")
                    .asRuntimeException());
        }
    }
}
