package dev.winnow.ppo.cli;

import dev.winnow.v1.ListRewardsResponse;
import dev.winnow.v1.RefusedBundle;
import dev.winnow.v1.RewardInfo;
import dev.winnow.v1.ValueStatistics;
import dev.winnow.v1.VersionInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a server has, for a screen: several narrow tables, since a terminal breaks the lines of a wide one. */
final class RewardTables {
    /** Of a digest's 64 digits as many as tell versions apart on a screen. */
    private static final int DIGEST_SHOWN = "sha256:".length() + 12;

    private RewardTables() {}

    static List<String> of(ListRewardsResponse listed) {
        List<String> lines = new ArrayList<>();
        if (listed.getRewardsCount() == 0) {
            lines.add("No rewards are served.");
        } else {
            lines.addAll(values(listed.getRewardsList()));
            lines.add("");
            lines.addAll(meanings(listed.getRewardsList()));
            lines.add("");
            lines.addAll(bundles(listed.getRewardsList()));
        }
        if (listed.getRefusedCount() > 0) {
            lines.add("");
            lines.addAll(refused(listed.getRefusedList()));
        }
        return lines;
    }

    private static List<String> values(List<RewardInfo> rewards) {
        Table table = new Table("REWARD", "RANGE", "MEAN", "STD", "DENSITIES");
        rewards.forEach(reward -> table.add(
                name(reward),
                Numbers.range(reward.getMinimum(), reward.getMaximum()),
                statistic(reward, ValueStatistics::getMean),
                statistic(reward, ValueStatistics::getStandardDeviation),
                densities(reward)));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("* the default density. MEAN, STD: of its values over the training data, - where not told.");
        return lines;
    }

    private static List<String> meanings(List<RewardInfo> rewards) {
        Table table = new Table("REWARD", "MEANING");
        rewards.forEach(reward -> table.add(name(reward), reward.getMeaning()));
        return table.lines();
    }

    private static List<String> bundles(List<RewardInfo> rewards) {
        Table table = new Table("BUNDLE", "TOKENS", "VERSIONS");
        Set<String> added = new HashSet<>();
        rewards.stream()
                .filter(reward -> added.add(reward.getBundle()))
                .forEach(reward -> table.add(
                        reward.getBundle(),
                        Integer.toUnsignedString(reward.getMaximumTokens()),
                        versions(reward.getVersionsList())));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("TOKENS: most tokens of the bundle's own tokenizer in one sample.");
        return lines;
    }

    private static List<String> refused(List<RefusedBundle> bundles) {
        Table table = new Table("REFUSED", "REASON");
        bundles.forEach(bundle -> table.add(bundle.getFolder(), bundle.getReason()));
        return table.lines();
    }

    private static String name(RewardInfo reward) {
        return reward.getBundle() + "/" + reward.getName();
    }

    private static String statistic(RewardInfo reward, Function<ValueStatistics, Float> statistic) {
        return reward.getVersionsList().stream()
                .filter(VersionInfo::getLatest)
                .flatMap(version -> version.getStatisticsList().stream())
                .filter(statistics -> statistics.getDensity() == reward.getDefaultDensity())
                .findAny()
                .map(statistics -> Numbers.significant(statistic.apply(statistics)))
                .orElse("-");
    }

    private static String densities(RewardInfo reward) {
        return reward.getDensitiesList().stream()
                .map(density -> density.name() + (density == reward.getDefaultDensity() ? "*" : ""))
                .collect(Collectors.joining(","));
    }

    private static String versions(List<VersionInfo> versions) {
        return versions.stream()
                .map(version -> "%s %s%s"
                        .formatted(
                                version.getVersion(),
                                shortened(version.getDigest()),
                                version.getLatest() ? " latest" : ""))
                .collect(Collectors.joining(", "));
    }

    /** Returns as much of a digest as tells versions apart on a screen. */
    static String shortened(String digest) {
        return digest.substring(0, Math.min(digest.length(), DIGEST_SHOWN));
    }
}
