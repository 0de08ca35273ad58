package dev.winnow.service.grpc;

import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.RewardServiceGrpc;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.ScoreStreamRequest;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A stream that stays open between its samples. */
final class OpenStream implements AutoCloseable {
    private final ConcurrentMap<String, CompletableFuture<SampleResult>> results = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final ClientCallStreamObserver<ScoreStreamRequest> call;

    OpenStream(TestingClient client, List<RewardRequest> rewards) {
        call = (ClientCallStreamObserver<ScoreStreamRequest>) RewardServiceGrpc.newStub(client.channel())
                .scoreStream(new StreamObserver<>() {
                    @Override
                    public void onNext(SampleResult result) {
                        of(result.getId()).complete(result);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        end.completeExceptionally(failure);
                        results.values().forEach(result -> result.completeExceptionally(failure));
                    }

                    @Override
                    public void onCompleted() {
                        end.complete(null);
                    }
                });
        call.onNext(TestingClient.config(rewards));
    }

    /** Sends a sample and waits for its result; fails with what the stream fails with. */
    SampleResult score(Sample sample) {
        CompletableFuture<SampleResult> result = of(sample.getId());
        send(ScoreStreamRequest.newBuilder().setSample(sample).build());
        return result.join();
    }

    void send(ScoreStreamRequest request) {
        call.onNext(request);
    }

    void cancel() {
        call.cancel("not wanted any more", null);
    }

    /** Ends the stream in good order, and waits for the server to do so. */
    @Override
    public void close() {
        call.onCompleted();
        end.join();
    }

    private CompletableFuture<SampleResult> of(String id) {
        return results.computeIfAbsent(id, key -> new CompletableFuture<>());
    }
}
