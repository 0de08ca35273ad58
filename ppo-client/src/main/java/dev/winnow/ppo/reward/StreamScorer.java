package dev.winnow.ppo.reward;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.RewardServiceGrpc.RewardServiceStub;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.ScoreStreamConfig;
import dev.winnow.v1.ScoreStreamRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Scores over one {@code ScoreStream} after another: a stream that breaks is followed by a new one, on which the
 * unanswered samples are sent again. On the wire samples have ids of their own, so the caller's may be missing or
 * repeated. Thread-safe.
 */
final class StreamScorer implements Scorer {
    private final RewardServiceStub stub;
    private final ScoreStreamConfig config;
    private final Limits limits;
    private final Duration timeout;
    private final FailsafeExecutor<SampleResult> tries;
    private final AtomicLong samplesSent = new AtomicLong();
    private final int samplesAStream;

    /** The last one takes samples; those before it wait for their last answers. */
    private final Deque<SampleStream> streams = new ArrayDeque<>();

    /**
     * Creates a scorer; the first sample opens the stream.
     *
     * @param samplesAStream after how many samples a new stream is opened, as servers bound the length of one
     * @param timeout of each try of each sample
     * @param patience with samples that were refused or lost
     * @param threads one for each sample in flight; stays the caller's
     */
    StreamScorer(
            RewardServiceStub stub,
            List<RewardRequest> rewards,
            Limits limits,
            int samplesAStream,
            Duration timeout,
            Patience patience,
            ExecutorService threads) {
        this.stub = stub;
        this.config = ScoreStreamConfig.newBuilder().addAllRewards(rewards).build();
        this.limits = limits;
        this.samplesAStream = samplesAStream;
        this.timeout = timeout;
        this.tries = Failsafe.with(Retries.whenAsked(Results::retryAfterMillis, patience))
                .compose(Retries.whenDisconnected(patience))
                .with(threads);
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
        streams.forEach(SampleStream::close);
    }

    private CompletableFuture<SampleResult> score(Sample sample) {
        int bytes = ScoreStreamRequest.newBuilder().setSample(sample).build().getSerializedSize();
        if (bytes > limits.bytes()) {
            return CompletableFuture.completedFuture(Results.tooLarge(sample, bytes, limits));
        }
        return tries.getAsync(() -> exchange(sample))
                .handle((answer, failure) -> failure == null
                        ? Results.answered(sample, answer, config.getRewardsCount())
                        : Results.failed(sample, failure));
    }

    /** Exchanges a sample; one that a draining server sends back is lost as with a stream that broke. */
    private SampleResult exchange(Sample sample) throws InterruptedException {
        SampleStream stream = streamWithPlace();
        SampleResult answer = stream.exchange(withNewId(sample), timeout);
        if (Results.isUnavailable(answer) && Results.retryAfterMillis(answer) == 0) {
            stream.retire(); // the next one may lead to another server
            throw Status.UNAVAILABLE
                    .withDescription(answer.getError().getMessage())
                    .asRuntimeException();
        }
        return answer;
    }

    private Sample withNewId(Sample sample) {
        return sample.toBuilder()
                .setId(Long.toString(samplesSent.getAndIncrement()))
                .build();
    }

    private synchronized SampleStream streamWithPlace() {
        SampleStream last = streams.peekLast();
        if (last == null || !last.takePlace()) {
            streams.removeIf(stream -> !stream.isOpen());
            last = new SampleStream(stub, config, samplesAStream);
            streams.addLast(last);
        }
        return last;
    }
}
