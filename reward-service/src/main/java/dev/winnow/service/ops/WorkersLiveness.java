package dev.winnow.service.ops;

import dev.winnow.service.batch.RowScheduler;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while every thread that runs models is: without one the process must be restarted. */
@Liveness
@ApplicationScoped
public class WorkersLiveness implements HealthCheck {
    private final RowScheduler scheduler;

    WorkersLiveness(RowScheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("model workers")
                .status(scheduler.isAlive())
                .build();
    }
}
