package dev.winnow.service.ops;

import dev.winnow.service.loading.Bundles;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Started once every bundle of the folder was loaded or refused. */
@Startup
@ApplicationScoped
public class BundlesStartup implements HealthCheck {
    private final Bundles bundles;

    BundlesStartup(Bundles bundles) {
        this.bundles = bundles;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("bundles loaded")
                .status(bundles.state().loaded())
                .build();
    }
}
