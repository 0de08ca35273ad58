package dev.winnow.service.ops;

import dev.winnow.service.pipeline.Catalog;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.quarkus.grpc.runtime.health.GrpcHealthStorage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Set;

/**
 * Publishes to {@code grpc.health.v1.Health} whether the server as a whole (the empty name) and each reward, as {@code
 * NAME} and {@code BUNDLE/NAME}, serve.
 */
@ApplicationScoped
public class GrpcHealth {
    private final GrpcHealthStorage storage;
    private final Set<String> rewards = new HashSet<>();
    private boolean draining;

    GrpcHealth(GrpcHealthStorage storage) {
        this.storage = storage;
    }

    /** The rewards of the catalog serve from now on and no others; the server does if {@code ready}. */
    public synchronized void publish(Catalog catalog, boolean ready) {
        if (draining) {
            return;
        }
        Set<String> serving = new HashSet<>();
        for (String qualified : catalog.qualifiedNames()) {
            serving.add(qualified);
            serving.add(qualified.substring(qualified.indexOf('/') + 1));
        }
        rewards.addAll(serving);
        rewards.forEach(reward -> storage.setStatus(
                reward, serving.contains(reward) ? ServingStatus.SERVING : ServingStatus.NOT_SERVING));
        storage.setStatus(
                GrpcHealthStorage.DEFAULT_SERVICE_NAME, ready ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
    }

    /** Nothing serves any more, whatever is loaded. */
    public synchronized void drain() {
        draining = true;
        rewards.forEach(reward -> storage.setStatus(reward, ServingStatus.NOT_SERVING));
        storage.setStatus(GrpcHealthStorage.DEFAULT_SERVICE_NAME, ServingStatus.NOT_SERVING);
    }
}
