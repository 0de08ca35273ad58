package dev.winnow.service.grpc;

import dev.winnow.service.config.WinnowConfiguration;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.loading.BundleVersion;
import dev.winnow.service.loading.Bundles;
import dev.winnow.service.loading.LoadingThread;
import dev.winnow.v1.AdminServiceGrpc;
import dev.winnow.v1.BundleStatus;
import dev.winnow.v1.ListBundlesRequest;
import dev.winnow.v1.ListBundlesResponse;
import dev.winnow.v1.LoadBundleRequest;
import dev.winnow.v1.LoadBundleResponse;
import dev.winnow.v1.UnloadBundleRequest;
import dev.winnow.v1.UnloadBundleResponse;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** The service of {@code winnow/v1/admin.proto}. It hands all work to the loading thread and holds up no other. */
@GrpcService
@Blocking
public class AdminGrpcService implements BindableService, AdminServiceGrpc.AsyncService {
    private final Bundles bundles;
    private final LoadingThread loading;
    private final WinnowConfiguration configuration;

    AdminGrpcService(Bundles bundles, LoadingThread loading, WinnowConfiguration configuration) {
        this.bundles = bundles;
        this.loading = loading;
        this.configuration = configuration;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return AdminAccess.around(
                UnparsableMessages.around(AdminServiceGrpc.bindService(this)),
                configuration.admin().enabled());
    }

    @Override
    public void listBundles(ListBundlesRequest request, StreamObserver<ListBundlesResponse> response) {
        Calls.guard(response, () -> {
            response.onNext(BundleMapper.toListing(bundles.state()));
            response.onCompleted();
        });
    }

    @Override
    public void loadBundle(LoadBundleRequest request, StreamObserver<LoadBundleResponse> response) {
        answer(
                loading.load(folder(request.getName(), request.getVersion()), CurrentCall.lifetime()),
                response,
                status -> LoadBundleResponse.newBuilder().setBundle(status).build());
    }

    @Override
    public void unloadBundle(UnloadBundleRequest request, StreamObserver<UnloadBundleResponse> response) {
        answer(
                loading.unload(
                        folder(request.getName(), request.getVersion()), request.getForce(), CurrentCall.lifetime()),
                response,
                status -> UnloadBundleResponse.newBuilder().setBundle(status).build());
    }

    private <A> void answer(
            CompletableFuture<BundleVersion> outcome, StreamObserver<A> response, Function<BundleStatus, A> toAnswer) {
        var _ = outcome.handle((version, fault) -> {
            Calls.guard(response, () -> {
                if (version == null) {
                    throw toException(fault);
                }
                response.onNext(toAnswer.apply(BundleMapper.toStatus(version, bundles.catalog())));
                response.onCompleted();
            });
            return version;
        });
    }

    private static RuntimeException toException(Throwable fault) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        return cause instanceof FailureException refused
                ? refused
                : new IllegalStateException("the bundle was neither loaded nor refused", cause);
    }

    private static String folder(String name, String version) {
        return name + "/" + version;
    }
}
