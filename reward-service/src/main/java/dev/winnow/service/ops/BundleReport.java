package dev.winnow.service.ops;

import dev.winnow.service.loading.BundleEvents;
import dev.winnow.service.loading.BundlesState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Turns what is loaded and unloaded into metrics ({@code docs/metrics.md}), and has gRPC's health follow it. */
@ApplicationScoped
public class BundleReport implements BundleEvents {
    private final MeterRegistry registry;
    private final GrpcHealth health;
    private final MultiGauge versions;
    private final Map<String, Integer> served = new TreeMap<>();

    BundleReport(MeterRegistry registry, GrpcHealth health) {
        this.registry = registry;
        this.health = health;
        this.versions = MultiGauge.builder("winnow.bundle.versions")
                .description("Versions of a bundle that serve")
                .register(registry);
    }

    @Override
    public void loaded(String bundle, Duration took) {
        record(bundle, "proven", took);
    }

    @Override
    public void refused(String bundle, Duration took) {
        record(bundle, "refused", took);
    }

    @Override
    public void changed(BundlesState state) {
        health.publish(state.catalog(), state.ready());
        // A bundle of which no version serves any more stays with 0, so that alerts see it.
        served.replaceAll((bundle, before) -> 0);
        state.catalog().bundles().forEach((bundle, models) -> served.put(bundle, models.size()));
        Set<Map.Entry<String, Integer>> rows = Map.copyOf(served).entrySet();
        versions.register(
                rows.stream()
                        .map(row -> MultiGauge.Row.of(Tags.of("bundle", row.getKey()), row.getValue()))
                        .toList(),
                true);
    }

    private void record(String bundle, String outcome, Duration took) {
        registry.timer("winnow.bundle.load", "bundle", bundle, "outcome", outcome)
                .record(took);
    }
}
