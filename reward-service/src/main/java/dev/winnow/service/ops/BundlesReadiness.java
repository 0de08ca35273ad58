package dev.winnow.service.ops;

import dev.winnow.service.admission.Admission;
import dev.winnow.service.config.WinnowConfiguration;
import dev.winnow.service.loading.Bundles;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while it can score: not draining, and every required bundle (any one, where none is required) serves. Its data
 * has the state of each bundle, with the reason where one was refused.
 */
@Readiness
@ApplicationScoped
public class BundlesReadiness implements HealthCheck {
    private final Bundles bundles;
    private final Admission admission;
    private final Set<String> required;

    BundlesReadiness(Bundles bundles, Admission admission, WinnowConfiguration configuration) {
        this.bundles = bundles;
        this.admission = admission;
        this.required = configuration.requiredBundles().orElse(Set.of());
    }

    @Override
    public HealthCheckResponse call() {
        Bundles.State state = bundles.state();
        boolean ready = !admission.isDraining()
                && !state.catalog().bundles().isEmpty()
                && state.missing(required).isEmpty();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("bundles").status(ready).withData("draining", admission.isDraining());
        state.catalog()
                .bundles()
                .values()
                .forEach(versions ->
                        versions.forEach(model -> response.withData(model.id().toString(), "serving")));
        state.refused().forEach((bundle, reason) -> response.withData(bundle, "refused: " + reason));
        state.missing(required).forEach(bundle -> response.withData(bundle, "required, but no version serves"));
        return response.build();
    }
}
