package dev.winnow.ppo.reward;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import dev.winnow.v1.Error;
import dev.winnow.v1.ListRewardsRequest;
import dev.winnow.v1.ListRewardsResponse;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.RewardServiceGrpc.RewardServiceImplBase;
import dev.winnow.v1.RewardVector;
import dev.winnow.v1.Rewards;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.ScoreRequest;
import dev.winnow.v1.ScoreResponse;
import dev.winnow.v1.ScoreStreamRequest;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.StatusProto;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * A reward service on a real port that does what a test tells it. Left alone, it gives each sample one value a reward:
 * the number of code points of its response.
 */
public final class TestingRewardServer extends RewardServiceImplBase implements AutoCloseable {
    private final ServerCredentials credentials;
    private final HealthStatusManager health = new HealthStatusManager();
    private final Semaphore samplesRead = new Semaphore(0);
    private final AtomicInteger streamAnswersLeft = new AtomicInteger(Integer.MAX_VALUE);
    private final int port;
    private volatile Server server;
    private final Queue<StatusRuntimeException> callFailures = new ConcurrentLinkedQueue<>();
    private final Queue<SampleResult> answers = new ConcurrentLinkedQueue<>();
    private final List<ScoreRequest> calls = new CopyOnWriteArrayList<>();
    private final List<List<Sample>> streams = new CopyOnWriteArrayList<>();
    private volatile ListRewardsResponse listed = ListRewardsResponse.getDefaultInstance();
    private volatile BiFunction<RewardRequest, Sample, RewardVector> scoring = TestingRewardServer::vector;
    private volatile int answeredTogether = 1;
    private volatile int samplesBeforeBreak = Integer.MAX_VALUE;

    public TestingRewardServer() {
        this(InsecureServerCredentials.create());
    }

    public TestingRewardServer(ServerCredentials credentials) {
        this.credentials = credentials;
        this.server = start(0);
        this.port = server.getPort();
    }

    private Server start(int port) {
        try {
            return Grpc.newServerBuilderForPort(port, credentials)
                    .addService(this)
                    .addService(health.getHealthService())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String target() {
        return "localhost:" + port;
    }

    /** Ends the server with all that is under way. */
    public void kill() throws InterruptedException {
        server.shutdownNow().awaitTermination();
    }

    /** Starts it again on its port. */
    public void restart() {
        server = start(port);
    }

    /** Lets its health service say whether it is ready. */
    public void ready(boolean ready) {
        health.setStatus(
                HealthStatusManager.SERVICE_NAME_ALL_SERVICES,
                ready ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
    }

    /** Waits until so many samples more have been read from streams. */
    public void awaitSamples(int samples) throws InterruptedException {
        samplesRead.acquire(samples);
    }

    /** Lets the next call, unary or stream, fail; several in turn. */
    public void failCall(StatusRuntimeException failure) {
        callFailures.add(failure);
    }

    /** Answers the next sample with this in place of its rewards; several in turn. */
    public void answer(SampleResult answer) {
        answers.add(answer);
    }

    /** Answers each sample whose answer is not said otherwise by this, once for each reward. */
    public void scoreBy(BiFunction<RewardRequest, Sample, RewardVector> function) {
        scoring = function;
    }

    public void list(ListRewardsResponse response) {
        listed = response;
    }

    /** Lets streams hold answers back until there are so many, and then give them last first. */
    public void answerBackwards(int together) {
        answeredTogether = together;
    }

    /** Lets streams give so many more answers and then hang. */
    public void answerOnly(int answers) {
        streamAnswersLeft.set(answers);
    }

    /** Breaks the next stream in place of answering its sample of this number, from 0; streams after it stay whole. */
    public void breakStreamAt(int sample) {
        samplesBeforeBreak = sample;
    }

    /** Returns the Score calls so far. */
    public List<ScoreRequest> calls() {
        return calls;
    }

    /** Returns the samples of each stream so far. */
    public List<List<Sample>> streams() {
        return streams;
    }

    /** Returns a refusal with google.rpc.RetryInfo. */
    public static StatusRuntimeException busy(long retryAfterMillis) {
        return StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(Code.RESOURCE_EXHAUSTED_VALUE)
                .setMessage("too much in flight")
                .addDetails(Any.pack(RetryInfo.newBuilder()
                        .setRetryDelay(Durations.fromMillis(retryAfterMillis))
                        .build()))
                .build());
    }

    public static SampleResult error(Code code, String message, int retryAfterMillis) {
        return SampleResult.newBuilder()
                .setError(Error.newBuilder().setCode(code).setMessage(message).setRetryAfterMs(retryAfterMillis))
                .build();
    }

    @Override
    public void listRewards(ListRewardsRequest request, StreamObserver<ListRewardsResponse> response) {
        response.onNext(listed);
        response.onCompleted();
    }

    @Override
    public void score(ScoreRequest request, StreamObserver<ScoreResponse> response) {
        calls.add(request);
        StatusRuntimeException failure = callFailures.poll();
        if (failure != null) {
            response.onError(failure);
            return;
        }
        response.onNext(ScoreResponse.newBuilder()
                .addAllResults(request.getSamplesList().stream()
                        .map(sample -> result(sample, request.getRewardsList()))
                        .toList())
                .build());
        response.onCompleted();
    }

    @Override
    public StreamObserver<ScoreStreamRequest> scoreStream(StreamObserver<SampleResult> response) {
        List<Sample> samples = new CopyOnWriteArrayList<>();
        streams.add(samples);
        StatusRuntimeException failure = callFailures.poll();
        if (failure != null) {
            response.onError(failure);
        }
        return new StreamObserver<>() {
            private final List<RewardRequest> rewards = new ArrayList<>();
            private final List<SampleResult> heldBack = new ArrayList<>();
            private boolean broken = failure != null;
            private boolean hanging;

            @Override
            public void onNext(ScoreStreamRequest request) {
                if (broken) {
                    return;
                }
                if (request.hasConfig()) {
                    rewards.addAll(request.getConfig().getRewardsList());
                    return;
                }
                if (samples.size() == samplesBeforeBreak) {
                    samplesBeforeBreak = Integer.MAX_VALUE;
                    broken = true;
                    response.onError(
                            io.grpc.Status.UNAVAILABLE.withDescription("broken").asRuntimeException());
                    return;
                }
                samples.add(request.getSample());
                samplesRead.release();
                heldBack.add(result(request.getSample(), rewards));
                if (heldBack.size() >= answeredTogether) {
                    giveHeldBack();
                }
            }

            @Override
            public void onError(Throwable ignored) {
                broken = true;
            }

            @Override
            public void onCompleted() {
                if (!broken) {
                    giveHeldBack();
                    complete();
                }
            }

            private void giveHeldBack() {
                for (SampleResult result : heldBack.reversed()) {
                    if (streamAnswersLeft.getAndDecrement() > 0) {
                        response.onNext(result);
                    } else {
                        hanging = true;
                    }
                }
                heldBack.clear();
            }

            private void complete() {
                if (!hanging) {
                    response.onCompleted();
                }
            }
        };
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private SampleResult result(Sample sample, List<RewardRequest> rewards) {
        SampleResult answer = answers.poll();
        if (answer != null) {
            return answer.toBuilder().setId(sample.getId()).build();
        }
        return SampleResult.newBuilder()
                .setId(sample.getId())
                .setRewards(Rewards.newBuilder()
                        .addAllVectors(rewards.stream()
                                .map(reward -> scoring.apply(reward, sample))
                                .toList()))
                .build();
    }

    private static RewardVector vector(RewardRequest reward, Sample sample) {
        int length = sample.getResponse().codePointCount(0, sample.getResponse().length());
        return RewardVector.newBuilder()
                .setReward(reward.getName())
                .setDensity(reward.getDensity())
                .setBundle("testing")
                .setVersion("1")
                .addStarts(0)
                .addEnds(length)
                .addValues(length)
                .build();
    }
}
