package dev.winnow.service.grpc;

import dev.winnow.service.domain.Density;
import dev.winnow.service.loading.BundlesState;
import dev.winnow.service.model.RewardSpecification;
import dev.winnow.service.model.ValueStatistics;
import dev.winnow.service.pipeline.RewardModel;
import dev.winnow.v1.ListRewardsResponse;
import dev.winnow.v1.Overflow;
import dev.winnow.v1.RefusedBundle;
import dev.winnow.v1.RewardInfo;
import dev.winnow.v1.State;
import dev.winnow.v1.VersionInfo;
import java.util.List;
import java.util.TreeMap;

/** The answer to ListRewards. Each reward is described as the latest version of its bundle has it. */
final class RewardListing {
    private RewardListing() {}

    static ListRewardsResponse.Builder of(BundlesState bundles) {
        ListRewardsResponse.Builder response = ListRewardsResponse.newBuilder();
        bundles.catalog()
                .bundles()
                .values()
                .forEach(versions -> versions.getFirst()
                        .manifest()
                        .rewards()
                        .values()
                        .forEach(reward -> response.addRewards(describe(reward, versions))));
        bundles.refused()
                .forEach((folder, reason) -> response.addRefused(
                        RefusedBundle.newBuilder().setFolder(folder).setReason(reason)));
        return response;
    }

    private static RewardInfo describe(RewardSpecification reward, List<RewardModel> versions) {
        RewardModel latest = versions.getFirst();
        RewardInfo.Builder info = RewardInfo.newBuilder()
                .setName(reward.name())
                .setBundle(latest.id().bundle())
                .setMeaning(reward.meaning())
                .setDefaultDensity(ResponseMapper.toDensity(reward.defaultDensity()))
                .setMinimum((float) reward.minimum())
                .setMaximum((float) reward.maximum())
                .setMaximumTokens(latest.manifest().maximumTokens())
                .setOverflow(Overflow.OVERFLOW_REFUSE);
        new TreeMap<>(reward.readOuts())
                .keySet().stream().map(ResponseMapper::toDensity).forEach(info::addDensities);
        versions.forEach(version -> info.addVersions(describe(version, reward.name(), version == latest)));
        return info.build();
    }

    private static VersionInfo describe(RewardModel version, String reward, boolean latest) {
        VersionInfo.Builder info = VersionInfo.newBuilder()
                .setVersion(version.id().version())
                .setDigest(version.id().digest())
                .setLatest(latest)
                .setState(State.STATE_SERVING);
        RewardSpecification specification = version.manifest().rewards().get(reward);
        if (specification != null) {
            new TreeMap<>(specification.readOuts())
                    .forEach((density, readOut) -> readOut.statistics()
                            .ifPresent(statistics -> info.addStatistics(describe(density, statistics))));
        }
        return info.build();
    }

    private static dev.winnow.v1.ValueStatistics describe(Density density, ValueStatistics statistics) {
        return dev.winnow.v1.ValueStatistics.newBuilder()
                .setDensity(ResponseMapper.toDensity(density))
                .setMean(statistics.mean())
                .setStandardDeviation(statistics.std())
                .build();
    }
}
