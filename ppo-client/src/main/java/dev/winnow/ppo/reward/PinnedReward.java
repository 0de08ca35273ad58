package dev.winnow.ppo.reward;

import dev.winnow.v1.Density;
import dev.winnow.v1.ListRewardsResponse;
import dev.winnow.v1.RewardInfo;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.ValueStatistics;
import dev.winnow.v1.VersionInfo;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A reward of one version of its model, whatever version is the latest later on and on other replicas.
 *
 * @param weighted what training calls it, and its weight
 * @param request asks for it by digest, without a weight: what values are summed up to is the trainer's affair
 */
record PinnedReward(WeightedReward weighted, RewardRequest request) {
    /**
     * Finds the version of a reward that serves now, or the one that is asked for.
     *
     * @param normalised whether values are normalised by what the version tells of the model's training data
     * @param maximumNewTokens of a response; its reward model must take as many
     * @throws IllegalArgumentException where there is no such reward, or several, or its model takes fewer tokens, or it
     *     tells nothing to normalise by
     */
    static PinnedReward of(RewardRequest asked, ListRewardsResponse listed, boolean normalised, int maximumNewTokens) {
        List<RewardInfo> named = listed.getRewardsList().stream()
                .filter(info -> asked.getName().equals(info.getName())
                        || asked.getName().equals(fullName(info)))
                .toList();
        if (named.size() != 1) {
            throw new IllegalArgumentException("reward: %s (expected: one of %s)"
                    .formatted(asked.getName(), names(named.isEmpty() ? listed.getRewardsList() : named)));
        }
        RewardInfo info = named.getFirst();
        if (maximumNewTokens > info.getMaximumTokens()) {
            throw new IllegalArgumentException("maximum new tokens: %d (expected: at most %d, which %s takes)"
                    .formatted(maximumNewTokens, info.getMaximumTokens(), fullName(info)));
        }
        String label = asked.getDensity() == Density.DENSITY_UNSPECIFIED
                ? asked.getName()
                : asked.getName() + "@" + asked.getDensity();
        VersionInfo version = version(asked, info);
        WeightedReward weighted = new WeightedReward(
                label,
                asked.hasWeight() ? asked.getWeight() : 1,
                normalised ? normalisation(version, asked.getDensity(), label) : Normalisation.NONE);
        RewardRequest request =
                asked.toBuilder().clearWeight().setVersion(version.getDigest()).build();
        return new PinnedReward(weighted, request);
    }

    private static VersionInfo version(RewardRequest asked, RewardInfo info) {
        return info.getVersionsList().stream()
                .filter(version -> asked.getVersion().isEmpty()
                        ? version.getLatest()
                        : asked.getVersion().equals(version.getVersion())
                                || asked.getVersion().equals(version.getDigest()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("version of %s: %s (expected: one of %s)"
                        .formatted(
                                fullName(info),
                                asked.getVersion(),
                                info.getVersionsList().stream()
                                        .map(version -> version.getVersion() + " " + version.getDigest())
                                        .collect(Collectors.joining(", ")))));
    }

    private static Normalisation normalisation(VersionInfo version, Density density, String label) {
        if (density == Density.DENSITY_UNSPECIFIED) {
            throw new IllegalArgumentException(
                    "density of %s: none (expected: %s@DENSITY, as it is normalised by that density's statistics)"
                            .formatted(label, label));
        }
        ValueStatistics told = version.getStatisticsList().stream()
                .filter(statistics -> statistics.getDensity() == density)
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException(
                        "statistics of %s: none at %s (expected: mean and standard deviation, to normalise by)"
                                .formatted(label, density)));
        try {
            return new Normalisation(told.getMean(), told.getStandardDeviation());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("statistics of %s: %s".formatted(label, e.getMessage()), e);
        }
    }

    private static String names(List<RewardInfo> infos) {
        return infos.stream().map(PinnedReward::fullName).collect(Collectors.joining(", "));
    }

    private static String fullName(RewardInfo info) {
        return info.getBundle() + "/" + info.getName();
    }
}
