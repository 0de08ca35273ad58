package dev.winnow.service.loading;

import dev.winnow.service.pipeline.RewardModel;
import java.time.Instant;
import java.util.Optional;

/**
 * What has become of one version.
 *
 * @param folder {@code NAME/VERSION}, relative to the bundles folder; of what cannot be read, its path
 * @param digest of what serves or was unloaded; empty otherwise
 * @param model what serves or was unloaded, which calls in flight may still use
 * @param reason why it does not serve, or what is wrong with its files though it serves; may be empty
 * @param since when it came to its status
 */
public record BundleVersion(
        String folder, Status status, String digest, Optional<RewardModel> model, String reason, Instant since) {
    /** Whether a version serves. */
    public enum Status {
        /** It is being opened and proven. */
        LOADING,
        /** It was proven and answers calls. */
        SERVING,
        /** It must not serve; the reason says why. */
        REFUSED,
        /** It was asked not to serve. */
        UNLOADED
    }

    /** The part before the first slash. */
    public String name() {
        int slash = folder.indexOf('/');
        return slash < 0 ? folder : folder.substring(0, slash);
    }

    /** The part behind the first slash; empty where there is none. */
    public String version() {
        int slash = folder.indexOf('/');
        return slash < 0 ? "" : folder.substring(slash + 1);
    }

    /** Calls that use its model now. */
    public int callsInFlight() {
        return model.map(RewardModel::callsInFlight).orElse(0);
    }

    /** Whether its model was closed and no call uses it any more. */
    boolean isFreed() {
        return model.filter(RewardModel::isFreed).isPresent();
    }
}
