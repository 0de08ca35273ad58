package dev.winnow.ppo.reward;

import com.google.common.primitives.Ints;
import dev.winnow.ppo.reward.retry.Retries;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.RewardServiceGrpc.RewardServiceStub;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.ScoreStreamConfig;
import dev.winnow.v1.ScoreStreamRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Scores over one {@code ScoreStream} after another; each goes to another replica where there are several. Samples that
 * a stream leaves unanswered are sent again on a later one. On the wire samples have ids of their own, so the caller's
 * may be missing or repeated. Thread-safe.
 */
final class StreamScorer implements Scorer {
    private final RewardServiceStub stub;
    private final ScoreStreamConfig config;
    private final Limits limits;
    private final int timeoutMillis;
    private final Retries retries;
    private final Executor threads;
    private final AtomicLong samplesSent = new AtomicLong();
    private final int samplesAStream;

    /** The last one takes samples; those before it wait for their last answers. */
    private final Deque<SampleStream> streams = new ArrayDeque<>();

    private boolean closed;

    /**
     * Creates a scorer; the first sample opens the stream.
     *
     * @param samplesAStream after how many samples a new stream is opened
     * @param timeout of each try of each sample that has none of its own
     * @param threads one for each sample in flight
     */
    StreamScorer(
            RewardServiceStub stub,
            List<RewardRequest> rewards,
            Limits limits,
            int samplesAStream,
            Duration timeout,
            Retries retries,
            Executor threads) {
        this.stub = stub;
        this.config = ScoreStreamConfig.newBuilder().addAllRewards(rewards).build();
        this.limits = limits;
        this.samplesAStream = samplesAStream;
        this.timeoutMillis = Ints.saturatedCast(timeout.toMillis());
        this.retries = retries;
        this.threads = threads;
    }

    @Override
    public CompletableFuture<List<SampleResult>> score(List<Sample> samples) {
        CompletableFuture<List<SampleResult>> results = CompletableFuture.completedFuture(new ArrayList<>());
        for (Sample sample : samples) {
            results = results.thenCombine(score(sample), (list, result) -> {
                list.add(result);
                return list;
            });
        }
        return results;
    }

    @Override
    public synchronized void close() {
        closed = true;
        streams.forEach(SampleStream::close);
    }

    private CompletableFuture<SampleResult> score(Sample sample) {
        Sample longest = onTheWire(sample, Long.MAX_VALUE);
        int bytes = ScoreStreamRequest.newBuilder().setSample(longest).build().getSerializedSize();
        if (bytes > limits.bytes()) {
            return CompletableFuture.completedFuture(Results.tooLarge(sample, bytes, limits));
        }
        return CompletableFuture.supplyAsync(() -> await(sample), threads);
    }

    private SampleResult await(Sample sample) {
        try {
            return Results.answered(sample, retries.run(() -> exchange(sample)), config.getRewardsCount());
        } catch (StatusRuntimeException e) {
            return Results.failed(sample, e);
        } catch (InterruptedException e) {
            return Results.failed(sample, Results.closed());
        }
    }

    /** Exchanges a sample once; throws also where its answer is an error that may pass. */
    private SampleResult exchange(Sample sample) throws InterruptedException {
        SampleStream stream = streamWithPlace();
        Sample sent = onTheWire(sample, samplesSent.getAndIncrement());
        SampleResult answer = stream.exchange(sent, Duration.ofMillis(sent.getTimeoutMs()));
        StatusRuntimeException passing = Results.passing(sample, answer);
        if (passing == null) {
            return answer;
        }
        if (passing.getStatus().getCode() == Status.Code.UNAVAILABLE) {
            stream.retire(); // a draining server; the next stream may lead to another
        }
        throw passing;
    }

    /** Gives a sample an id that no other has, and a time after which the server drops it. */
    private Sample onTheWire(Sample sample, long id) {
        return sample.toBuilder()
                .setId(Long.toString(id))
                .setTimeoutMs(sample.getTimeoutMs() == 0 ? timeoutMillis : sample.getTimeoutMs())
                .build();
    }

    private synchronized SampleStream streamWithPlace() {
        if (closed) {
            throw Results.closed();
        }
        SampleStream last = streams.peekLast();
        if (last == null || !last.takePlace()) {
            streams.removeIf(stream -> !stream.isOpen());
            last = new SampleStream(stub, config, samplesAStream);
            streams.addLast(last);
        }
        return last;
    }
}
