package dev.winnow.service.grpc;

import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.RewardServiceGrpc;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.ScoreRequest;
import dev.winnow.v1.ScoreResponse;
import dev.winnow.v1.ScoreStreamConfig;
import dev.winnow.v1.ScoreStreamRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.ConfigProvider;

/** A plain gRPC client of the service under test, over a real port. */
final class TestingClient implements AutoCloseable {
    private final ManagedChannel channel = ManagedChannelBuilder.forAddress(
                    "localhost", ConfigProvider.getConfig().getValue("quarkus.grpc.server.test-port", Integer.class))
            .usePlaintext()
            .maxInboundMessageSize(64 << 20)
            .build();

    ManagedChannel channel() {
        return channel;
    }

    RewardServiceGrpc.RewardServiceBlockingStub blocking() {
        return RewardServiceGrpc.newBlockingStub(channel);
    }

    /** Results in the order of the samples. */
    List<SampleResult> score(List<RewardRequest> rewards, List<Sample> samples) {
        return blocking().score(request(rewards, samples)).getResultsList();
    }

    Future<ScoreResponse> future(List<RewardRequest> rewards, List<Sample> samples) {
        return RewardServiceGrpc.newFutureStub(channel).score(request(rewards, samples));
    }

    private static ScoreRequest request(List<RewardRequest> rewards, List<Sample> samples) {
        return ScoreRequest.newBuilder()
                .addAllRewards(rewards)
                .addAllSamples(samples)
                .build();
    }

    /** Results as they came; fails with what the stream failed with. */
    List<SampleResult> stream(List<RewardRequest> rewards, List<Sample> samples) {
        List<ScoreStreamRequest> requests = new ArrayList<>();
        requests.add(config(rewards));
        samples.forEach(sample ->
                requests.add(ScoreStreamRequest.newBuilder().setSample(sample).build()));
        return send(requests).join();
    }

    CompletableFuture<List<SampleResult>> send(List<ScoreStreamRequest> requests) {
        List<SampleResult> results = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<List<SampleResult>> done = new CompletableFuture<>();
        StreamObserver<ScoreStreamRequest> call = RewardServiceGrpc.newStub(channel)
                .scoreStream(new StreamObserver<>() {
                    @Override
                    public void onNext(SampleResult result) {
                        results.add(result);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        done.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {
                        done.complete(results);
                    }
                });
        requests.forEach(call::onNext);
        call.onCompleted();
        return done;
    }

    static ScoreStreamRequest config(List<RewardRequest> rewards) {
        return ScoreStreamRequest.newBuilder()
                .setConfig(ScoreStreamConfig.newBuilder().addAllRewards(rewards))
                .build();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
