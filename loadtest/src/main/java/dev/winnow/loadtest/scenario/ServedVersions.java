package dev.winnow.loadtest.scenario;

import dev.winnow.loadtest.load.Client;
import dev.winnow.v1.RewardInfo;
import dev.winnow.v1.VersionInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Waits for versions to come and go, as {@code ListRewards} tells. */
final class ServedVersions {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private ServedVersions() {}

    static void awaitLatest(Client client, String bundle, String version) throws IOException, InterruptedException {
        await(
                client,
                bundle,
                versions -> versions.stream()
                        .anyMatch(info -> info.getLatest() && info.getVersion().equals(version)),
                "version %s the latest".formatted(version));
    }

    static void awaitGone(Client client, String bundle, String version) throws IOException, InterruptedException {
        await(
                client,
                bundle,
                versions ->
                        versions.stream().noneMatch(info -> info.getVersion().equals(version)),
                "version %s gone".formatted(version));
    }

    private static void await(Client client, String bundle, Predicate<List<VersionInfo>> condition, String expected)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<VersionInfo> versions = client.listRewards().getRewardsList().stream()
                    .filter(reward -> reward.getBundle().equals(bundle))
                    .map(RewardInfo::getVersionsList)
                    .findFirst()
                    .orElse(List.of());
            if (condition.test(versions)) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("versions of %s after %d s: %s (expected: %s)"
                        .formatted(
                                bundle,
                                PATIENCE.toSeconds(),
                                versions.stream().map(VersionInfo::getVersion).toList(),
                                expected));
            }
            Thread.sleep(PAUSE);
        }
    }
}
