package dev.winnow.ppo.reward;

import com.google.common.net.HostAndPort;
import dev.winnow.v1.ListRewardsRequest;
import dev.winnow.v1.ListRewardsResponse;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.RewardServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a reward service, in plain text, spread over all addresses that its host has. Thread-safe.
 *
 * <p>A try that finds no server ({@code UNAVAILABLE}) is followed by up to four others within some seconds; one that
 * the server refuses as too busy by up to nine, but only where the server says after what delay.
 */
public final class RewardClient implements AutoCloseable {
    /** Long vectors for a large batch; more than any sensible answer and less than would endanger the heap. */
    private static final int MAXIMUM_ANSWER_BYTES = 256 << 20;

    /** A request is repeated only as long as gRPC still has all of it. */
    private static final int MAXIMUM_KEPT_BYTES_A_CALL = 16 << 20;

    private static final int MAXIMUM_KEPT_BYTES = 4 * MAXIMUM_KEPT_BYTES_A_CALL;
    /** Well below what a server takes on one stream, 1,000,000 unless it is told otherwise. */
    private static final int SAMPLES_A_STREAM = 100_000;

    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private static final Map<String, ?> RETRIES = Map.of(
            "methodConfig",
            List.of(Map.of(
                    "name",
                    List.of(method("Score"), method("ListRewards")),
                    "retryPolicy",
                    Map.of(
                            "maxAttempts",
                            5.0,
                            "initialBackoff",
                            "0.2s",
                            "maxBackoff",
                            "2s",
                            "backoffMultiplier",
                            2.0,
                            "retryableStatusCodes",
                            List.of("UNAVAILABLE")))));

    private final ManagedChannel channel;
    private final Duration timeout;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private RewardClient(ManagedChannel channel, Duration timeout) {
        this.channel = channel;
        this.timeout = timeout;
    }

    /**
     * Returns a client; it connects with its first call.
     *
     * @param target {@code HOST:PORT}
     * @param timeout how long each try of a call may take; in a stream, each try of a sample
     * @throws IllegalArgumentException where the target is not {@code HOST:PORT}
     */
    public static RewardClient connect(String target, Duration timeout) {
        ManagedChannel channel = Grpc.newChannelBuilder(
                        "dns:///" + hostAndPort(target), InsecureChannelCredentials.create())
                .defaultLoadBalancingPolicy("round_robin")
                .disableServiceConfigLookUp()
                .defaultServiceConfig(RETRIES)
                .perRpcBufferLimit(MAXIMUM_KEPT_BYTES_A_CALL)
                .retryBufferSize(MAXIMUM_KEPT_BYTES)
                .maxInboundMessageSize(MAXIMUM_ANSWER_BYTES)
                .build();
        return new RewardClient(channel, timeout);
    }

    /**
     * Asks what the server can compute.
     *
     * @throws StatusRuntimeException where it does not answer
     */
    public ListRewardsResponse listRewards() {
        return RewardServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(timeout)
                .listRewards(ListRewardsRequest.getDefaultInstance());
    }

    /** Returns a scorer that sends batches. */
    public Scorer batches(List<RewardRequest> rewards, Limits limits) {
        return new BatchScorer(
                request -> RewardServiceGrpc.newBlockingStub(channel)
                        .withDeadlineAfter(timeout)
                        .score(request),
                rewards,
                limits,
                threads);
    }

    /** Returns a scorer that sends samples over a stream, and over a new one after very many. */
    public Scorer stream(List<RewardRequest> rewards, Limits limits) {
        return stream(rewards, limits, SAMPLES_A_STREAM, Patience.ofFewTries());
    }

    /** Returns a scorer over streams that has another patience. */
    public Scorer stream(List<RewardRequest> rewards, Limits limits, Patience patience) {
        return stream(rewards, limits, SAMPLES_A_STREAM, patience);
    }

    Scorer stream(List<RewardRequest> rewards, Limits limits, int samplesAStream, Patience patience) {
        return new StreamScorer(
                RewardServiceGrpc.newStub(channel), rewards, limits, samplesAStream, timeout, patience, threads);
    }

    /** Ends the connection; what is still under way after five seconds is given up. */
    @Override
    public void close() {
        threads.shutdownNow();
        channel.shutdown();
        try {
            channel.awaitTermination(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channel.shutdownNow();
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException where it is not {@code HOST:PORT}
     */
    static HostAndPort hostAndPort(String target) {
        try {
            HostAndPort parsed = HostAndPort.fromString(target);
            if (parsed.hasPort() && !parsed.getHost().isEmpty()) {
                return parsed;
            }
        } catch (IllegalArgumentException e) {
            // Said below, together with a port that is missing.
        }
        throw new IllegalArgumentException("target: '%s' (expected: HOST:PORT)".formatted(target));
    }

    private static Map<String, String> method(String name) {
        return Map.of("service", RewardServiceGrpc.SERVICE_NAME, "method", name);
    }
}
