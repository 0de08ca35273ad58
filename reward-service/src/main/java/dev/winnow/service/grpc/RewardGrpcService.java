package dev.winnow.service.grpc;

import dev.winnow.service.config.WinnowConfiguration;
import dev.winnow.service.domain.Call;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.Sample;
import dev.winnow.service.domain.SampleOutcome;
import dev.winnow.service.domain.WorkEvents;
import dev.winnow.service.loading.Bundles;
import dev.winnow.service.pipeline.RewardPipeline;
import dev.winnow.service.pipeline.Selection;
import dev.winnow.v1.ListRewardsRequest;
import dev.winnow.v1.ListRewardsResponse;
import dev.winnow.v1.RewardServiceGrpc;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.ScoreRequest;
import dev.winnow.v1.ScoreResponse;
import dev.winnow.v1.ScoreStreamRequest;
import io.grpc.BindableService;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The service of {@code winnow/v1/reward.proto}. Handlers run on the event loop and only resolve and admit: all that takes
 * time is done by the engine's threads, and a refusal costs no hop.
 */
@GrpcService
public class RewardGrpcService implements BindableService, RewardServiceGrpc.AsyncService {
    private final RewardPipeline pipeline;
    private final Bundles bundles;
    private final WinnowConfiguration configuration;
    private final CallsInFlight calls;
    private final WorkEvents events;
    private final int maximumMessageBytes;

    RewardGrpcService(
            RewardPipeline pipeline,
            Bundles bundles,
            WinnowConfiguration configuration,
            CallsInFlight calls,
            WorkEvents events,
            @ConfigProperty(name = "quarkus.grpc.server.max-inbound-message-size") int maximumMessageBytes) {
        this.pipeline = pipeline;
        this.bundles = bundles;
        this.configuration = configuration;
        this.calls = calls;
        this.events = events;
        this.maximumMessageBytes = maximumMessageBytes;
    }

    @Override
    public ServerServiceDefinition bindService() {
        ServerServiceDefinition service = UnparsableMessages.around(RewardServiceGrpc.bindService(this));
        return calls.count(Callers.identify(ServerInterceptors.intercept(service, new CallEvents(events))));
    }

    @Override
    public void score(ScoreRequest request, StreamObserver<ScoreResponse> response) {
        Calls.guard(response, () -> {
            Call call = CurrentCall.get();
            Selection selection = pipeline.resolve(RequestMapper.toRewardRequests(request.getRewardsList()), call);
            requireBatch(request.getSamplesCount());
            List<Sample> samples = request.getSamplesList().stream()
                    .map(RequestMapper::toSample)
                    .toList();
            List<CompletableFuture<SampleOutcome>> outcomes = pipeline.score(samples, selection, call);
            var _ = CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                    .whenComplete((_, _) -> Calls.guard(response, () -> {
                        Failure ended = call.lifetime().ended();
                        if (ended != null) {
                            throw new FailureException(ended);
                        }
                        response.onNext(collect(samples, outcomes));
                        response.onCompleted();
                    }));
        });
    }

    @Override
    public StreamObserver<ScoreStreamRequest> scoreStream(StreamObserver<SampleResult> response) {
        return new ScoreStreamCall(
                pipeline,
                CurrentCall.get(),
                (ServerCallStreamObserver<SampleResult>) response,
                configuration.stream(),
                calls);
    }

    @Override
    public void listRewards(ListRewardsRequest request, StreamObserver<ListRewardsResponse> response) {
        Calls.guard(response, () -> {
            response.onNext(RewardListing.of(bundles.state())
                    .setMaximumSamplesPerCall(configuration.maximumSamplesPerCall())
                    .setMaximumMessageBytes(maximumMessageBytes)
                    .build());
            response.onCompleted();
        });
    }

    private void requireBatch(int samples) {
        if (samples < 1 || samples > configuration.maximumSamplesPerCall()) {
            throw FailureException.invalidArgument(
                    "samples: %d (expected: 1 to %d a call; ScoreStream takes any number)",
                    samples, configuration.maximumSamplesPerCall());
        }
    }

    private static ScoreResponse collect(List<Sample> samples, List<CompletableFuture<SampleOutcome>> outcomes) {
        ScoreResponse.Builder response = ScoreResponse.newBuilder();
        for (int index = 0; index < samples.size(); index++) {
            response.addResults(ResponseMapper.toResult(
                    samples.get(index).id(), outcomes.get(index).join()));
        }
        return response.build();
    }
}
