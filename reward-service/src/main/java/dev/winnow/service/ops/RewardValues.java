package dev.winnow.service.ops;

import dev.winnow.service.domain.RewardVector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Histogram;
import java.util.stream.DoubleStream;

/**
 * How the values of each reward are distributed: a model that drifts, or one that is gamed, shows there. By the Prometheus
 * client itself, since Micrometer's summaries take no values below 0.
 */
public final class RewardValues {
    /** Fine where values are minus a probability, coarse beyond. */
    private static final double[] HALF = {
        0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1, 1.5, 2, 3, 5, 10, 20
    };

    private final Histogram histogram;

    public RewardValues(CollectorRegistry registry) {
        histogram = Histogram.build("winnow_reward_value", "Served values of a reward")
                .labelNames("reward")
                .buckets(DoubleStream.concat(
                                DoubleStream.concat(DoubleStream.of(HALF).map(bound -> -bound), DoubleStream.of(0)),
                                DoubleStream.of(HALF))
                        .sorted()
                        .toArray())
                .register(registry);
    }

    /** Takes in every value of a vector. */
    void observe(RewardVector vector) {
        Histogram.Child reward = histogram.labels(vector.label());
        vector.values().forEach(reward::observe);
    }
}
