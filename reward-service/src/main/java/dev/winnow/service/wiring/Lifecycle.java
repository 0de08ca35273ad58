package dev.winnow.service.wiring;

import dev.winnow.service.admission.Admission;
import dev.winnow.service.batch.FairWorkers;
import dev.winnow.service.batch.RowScheduler;
import dev.winnow.service.config.WinnowConfiguration;
import dev.winnow.service.grpc.CallsInFlight;
import dev.winnow.service.loading.Bundles;
import dev.winnow.service.loading.BundlesState;
import dev.winnow.service.loading.LoadingThread;
import dev.winnow.service.ops.GrpcHealth;
import dev.winnow.service.pipeline.Catalog;
import io.quarkus.grpc.runtime.GrpcServerRecorder;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Loads the bundles at start; at the end first says that it is not ready, then finishes what was admitted, then stops. */
@ApplicationScoped
public class Lifecycle {
    private static final Logger LOG = Logger.getLogger(Lifecycle.class);

    private final Bundles bundles;
    private final LoadingThread loading;
    private final Admission admission;
    private final CallsInFlight calls;
    private final FairWorkers tokenizers;
    private final RowScheduler scheduler;
    private final GrpcHealth grpcHealth;
    private final WinnowConfiguration configuration;
    private final int grpcPort;

    Lifecycle(
            Bundles bundles,
            LoadingThread loading,
            Admission admission,
            CallsInFlight calls,
            FairWorkers tokenizers,
            RowScheduler scheduler,
            GrpcHealth grpcHealth,
            WinnowConfiguration configuration,
            @ConfigProperty(name = "quarkus.grpc.server.port") int grpcPort) {
        this.bundles = bundles;
        this.loading = loading;
        this.admission = admission;
        this.calls = calls;
        this.tokenizers = tokenizers;
        this.scheduler = scheduler;
        this.grpcHealth = grpcHealth;
        this.configuration = configuration;
        this.grpcPort = grpcPort;
    }

    void start(@Observes StartupEvent event) {
        if (GrpcServerRecorder.getVerticleCount() == 0) {
            LOG.errorf("gRPC port %d cannot be opened (expected: a free port); stopping", grpcPort);
            Quarkus.asyncExit(1);
            return;
        }
        grpcHealth.publish(Catalog.EMPTY, false);
        loading.scan().join();
        if (!configuration.reload().interval().isZero()) {
            loading.scanEvery(configuration.reload().interval());
        }
        StopSignals.handle();
        BundlesState state = bundles.state();
        if (state.ready()) {
            LOG.infof("ready: gRPC on port %d", grpcPort);
        } else {
            LOG.errorf(
                    "not ready: %d bundles serve, %d refused, required but missing: %s",
                    state.catalog().bundles().size(), state.refused().size(), state.missing());
        }
    }

    /** Before anything else stops: health must be seen going down while the answers still go out. */
    void stop(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException, ExecutionException {
        LOG.infof(
                "draining: %d tokens in flight, at most %s", admission.tokensInFlight(), configuration.drainTimeout());
        grpcHealth.drain();
        loading.close();
        // Streams stop reading first: what they would still read could only be refused. The wait begins last: it is for
        // calls that are admitted meanwhile, too.
        calls.drainStreams();
        admission.drain();
        CompletableFuture<Void> answered = calls.lastEnded();
        long deadline = System.nanoTime() + configuration.drainTimeout().toNanos();
        try {
            answered.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            loading.awaitEnd(Duration.ofNanos(deadline - System.nanoTime()));
            tokenizers.close();
            scheduler.close();
            bundles.close();
        } catch (TimeoutException e) {
            // Calls may still use the models, which are left open: the process ends anyway.
            LOG.errorf(
                    "stopping with %d tokens in flight, since winnow.drain-timeout, %s, is over",
                    admission.tokensInFlight(), configuration.drainTimeout());
        }
    }
}
