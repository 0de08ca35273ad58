package dev.winnow.service.wiring;

import dev.winnow.service.admission.Admission;
import dev.winnow.service.admission.Limits;
import dev.winnow.service.batch.BatchPolicy;
import dev.winnow.service.batch.FairWorkers;
import dev.winnow.service.batch.RowScheduler;
import dev.winnow.service.config.WinnowConfiguration;
import dev.winnow.service.domain.Throughput;
import dev.winnow.service.domain.Timer;
import dev.winnow.service.domain.WorkEvents;
import dev.winnow.service.grpc.CallsInFlight;
import dev.winnow.service.loading.BundleEvents;
import dev.winnow.service.loading.Bundles;
import dev.winnow.service.loading.LoadingThread;
import dev.winnow.service.ops.MeteredWorkEvents;
import dev.winnow.service.ops.ResidentMemory;
import dev.winnow.service.ops.RewardValues;
import dev.winnow.service.pipeline.RewardPipeline;
import dev.winnow.service.pipeline.SampleScorer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Set;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Produces the parts of the engine, each once. */
public class Engine {
    private static final LongSupplier CLOCK = System::nanoTime;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** Bytes of a sample that is tokenised in about a millisecond, for which a row may wait. */
    private static final int SHORT_SAMPLE = 8_192;

    @Produces
    @Singleton
    WorkEvents workEvents(MeterRegistry registry, PrometheusMeterRegistry prometheus) {
        ResidentMemory.register(registry);
        return new MeteredWorkEvents(registry, new RewardValues(prometheus.getPrometheusRegistry()));
    }

    @Produces
    @Singleton
    Bundles bundles(WinnowConfiguration configuration, BundleEvents events) {
        return new Bundles(
                configuration.bundles().toAbsolutePath().normalize(),
                configuration.requiredBundles().orElse(Set.of()),
                Clock.systemUTC(),
                events);
    }

    @Produces
    @Singleton
    LoadingThread loadingThread(Bundles bundles, WinnowConfiguration configuration) {
        if (configuration.reload().interval().isNegative()) {
            throw new IllegalArgumentException("winnow.reload.interval: %s (expected: >= 0)"
                    .formatted(configuration.reload().interval()));
        }
        return new LoadingThread(bundles);
    }

    @Produces
    @Singleton
    Admission admission(
            WinnowConfiguration configuration,
            Throughput throughput,
            MeterRegistry registry,
            @ConfigProperty(name = "quarkus.grpc.server.max-inbound-message-size") int maximumMessageBytes) {
        long limit = configuration.admission().maximumBytesInFlight();
        if (limit < maximumMessageBytes) {
            throw new IllegalArgumentException(
                    "winnow.admission.maximum-bytes-in-flight: %d (expected: >= %d, quarkus.grpc.server.max-inbound-message-size)"
                            .formatted(limit, maximumMessageBytes));
        }
        Admission admission =
                new Admission(new Limits(limit, configuration.admission().targetDelay(), throughput));
        Gauge.builder("winnow.tokens.in.flight", admission, Admission::tokensInFlight)
                .description("Tokens in flight; estimated for samples that are not tokenised yet")
                .register(registry);
        Gauge.builder("winnow.bytes.in.flight", admission, Admission::bytesInFlight)
                .description("Bytes of the samples in flight")
                .register(registry);
        Gauge.builder("winnow.tokens.limit", admission, Admission::tokenLimit)
                .description("Most tokens in flight, as the throughput now is")
                .register(registry);
        return admission;
    }

    @Produces
    @Singleton
    Throughput throughput(WinnowConfiguration configuration) {
        return new Throughput(workers(configuration));
    }

    @Produces
    @Singleton
    RowScheduler scheduler(
            WinnowConfiguration configuration,
            Timer timer,
            Throughput throughput,
            WorkEvents events,
            MeterRegistry registry) {
        RowScheduler scheduler = new RowScheduler(
                new RowScheduler.Settings(workers(configuration), BatchPolicy.ALONE, configuration.maximumRunTime()),
                timer,
                CLOCK,
                throughput,
                events);
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
    Timer timer() {
        return new ThreadTimer();
    }

    /** Tokenising is tens of times faster than scoring: half of the processors feed all workers. */
    @Produces
    @Singleton
    FairWorkers tokenizers(RowScheduler scheduler) {
        return new FairWorkers(
                "tokenizer",
                Math.max(1, PROCESSORS / 2),
                (bytes, action) -> bytes <= SHORT_SAMPLE && scheduler.offer(action));
    }

    @Produces
    @Singleton
    RewardPipeline pipeline(
            Bundles bundles,
            Admission admission,
            FairWorkers tokenizers,
            RowScheduler scheduler,
            Timer timer,
            WorkEvents events) {
        return new RewardPipeline(
                bundles::catalog, admission, tokenizers, new SampleScorer(scheduler::submit), timer, CLOCK, events);
    }

    private static int workers(WinnowConfiguration configuration) {
        int workers = configuration.workers().orElse(PROCESSORS);
        if (workers < 1) {
            throw new IllegalArgumentException("winnow.workers: %d (expected: >= 1)".formatted(workers));
        }
        return workers;
    }
}
