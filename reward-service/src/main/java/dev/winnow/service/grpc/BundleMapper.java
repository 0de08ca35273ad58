package dev.winnow.service.grpc;

import com.google.protobuf.Timestamp;
import dev.winnow.service.loading.BundleVersion;
import dev.winnow.service.loading.BundlesState;
import dev.winnow.service.pipeline.Catalog;
import dev.winnow.service.pipeline.RewardModel;
import dev.winnow.v1.BundleStatus;
import dev.winnow.v1.ListBundlesResponse;
import dev.winnow.v1.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What became of bundles, for the wire. */
final class BundleMapper {
    private BundleMapper() {}

    static ListBundlesResponse toListing(BundlesState state) {
        return ListBundlesResponse.newBuilder()
                .addAllBundles(state.all().stream()
                        .map(version -> toStatus(version, state.catalog()))
                        .toList())
                .build();
    }

    static BundleStatus toStatus(BundleVersion version, Catalog catalog) {
        return BundleStatus.newBuilder()
                .setName(version.name())
                .setVersion(version.version())
                .setDigest(version.digest())
                .setState(toState(version.status()))
                .setReason(version.reason())
                .setLatest(isLatest(version, catalog))
                .setSince(toTimestamp(version.since()))
                .setCallsInFlight(version.callsInFlight())
                .build();
    }

    private static boolean isLatest(BundleVersion version, Catalog catalog) {
        Optional<RewardModel> latest = catalog.bundles().getOrDefault(version.name(), List.of()).stream()
                .findFirst();
        return latest.isPresent() && latest.equals(version.model());
    }

    private static State toState(BundleVersion.Status status) {
        return switch (status) {
            case LOADING -> State.STATE_LOADING;
            case SERVING -> State.STATE_SERVING;
            case REFUSED -> State.STATE_REFUSED;
            case UNLOADED -> State.STATE_UNLOADED;
        };
    }

    private static Timestamp toTimestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
