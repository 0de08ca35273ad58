package dev.winnow.service.ops;

import dev.winnow.service.admission.Admission;
import dev.winnow.service.loading.Bundles;
import dev.winnow.service.loading.BundlesState;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once every required bundle (any one, where none is required) has served, until the service drains: what is
 * loaded or unloaded later does not take the rest out of service. Its data has the state of each bundle, with the reason
 * where one was refused.
 */
@Readiness
@ApplicationScoped
public class BundlesReadiness implements HealthCheck {
    private final Bundles bundles;
    private final Admission admission;

    BundlesReadiness(Bundles bundles, Admission admission) {
        this.bundles = bundles;
        this.admission = admission;
    }

    @Override
    public HealthCheckResponse call() {
        BundlesState state = bundles.state();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("bundles")
                .status(state.ready() && !admission.isDraining())
                .withData("draining", admission.isDraining());
        state.catalog()
                .bundles()
                .values()
                .forEach(versions ->
                        versions.forEach(model -> response.withData(model.id().toString(), "serving")));
        state.refused().forEach((bundle, reason) -> response.withData(bundle, "refused: " + reason));
        state.missing().forEach(bundle -> response.withData(bundle, "required, but no version serves"));
        return response.build();
    }
}
