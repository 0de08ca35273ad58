package dev.winnow.service.wiring;

import dev.winnow.service.admission.Admission;
import dev.winnow.service.batch.RowScheduler;
import dev.winnow.service.config.WinnowConfiguration;
import dev.winnow.service.domain.WorkEvents;
import dev.winnow.service.grpc.CallsInFlight;
import dev.winnow.service.loading.Bundles;
import dev.winnow.service.ops.MeteredWorkEvents;
import dev.winnow.service.pipeline.RewardPipeline;
import dev.winnow.service.pipeline.SampleScorer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Produces the parts of the engine, each once. */
public class Engine {
    private static final LongSupplier CLOCK = System::nanoTime;

    @Produces
    @Singleton
    WorkEvents workEvents(MeterRegistry registry) {
        return new MeteredWorkEvents(registry);
    }

    @Produces
    @Singleton
    Bundles bundles(WinnowConfiguration configuration) {
        return new Bundles(configuration.bundles().toAbsolutePath().normalize());
    }

    @Produces
    @Singleton
    Admission admission(
            WinnowConfiguration configuration,
            MeterRegistry registry,
            @ConfigProperty(name = "quarkus.grpc.server.max-inbound-message-size") int maximumMessageBytes) {
        long limit = configuration.admission().maximumTokensInFlight();
        if (limit < maximumMessageBytes) {
            throw new IllegalArgumentException(
                    "winnow.admission.maximum-tokens-in-flight: %d (expected: >= %d, quarkus.grpc.server.max-inbound-message-size)"
                            .formatted(limit, maximumMessageBytes));
        }
        Admission admission = new Admission(limit, configuration.admission().retryAfter());
        Gauge.builder("winnow.tokens.in.flight", admission, Admission::inFlight)
                .description("Tokens in flight; samples that are not tokenised yet count their bytes")
                .register(registry);
        Gauge.builder("winnow.tokens.limit", admission, Admission::limit)
                .description("Most tokens in flight")
                .register(registry);
        return admission;
    }

    @Produces
    @Singleton
    RowScheduler scheduler(WinnowConfiguration configuration, WorkEvents events, MeterRegistry registry) {
        int workers = configuration.workers().orElse(Runtime.getRuntime().availableProcessors());
        if (workers < 1) {
            throw new IllegalArgumentException("winnow.workers: %d (expected: >= 1)".formatted(workers));
        }
        RowScheduler scheduler = new RowScheduler(workers, CLOCK, events);
        Gauge.builder("winnow.rows.queued", scheduler, RowScheduler::queued)
                .description("Rows that wait for a worker")
                .register(registry);
        return scheduler;
    }

    @Produces
    @Singleton
    CallsInFlight callsInFlight() {
        return new CallsInFlight();
    }

    @Produces
    @Singleton
    RewardPipeline pipeline(Bundles bundles, Admission admission, RowScheduler scheduler, WorkEvents events) {
        return new RewardPipeline(bundles::catalog, admission, new SampleScorer(scheduler::submit), CLOCK, events);
    }
}
