package dev.winnow.ppo.cli;

import dev.winnow.v1.Density;
import dev.winnow.v1.ListRewardsResponse;
import dev.winnow.v1.RefusedBundle;
import dev.winnow.v1.RewardInfo;
import dev.winnow.v1.ValueStatistics;
import dev.winnow.v1.VersionInfo;

/** What a server may say that it serves. */
final class TestingListings {
    /** One reward with statistics at a density that is not its default, and a refused bundle. */
    static final ListRewardsResponse LISTED = ListRewardsResponse.newBuilder()
            .addRewards(RewardInfo.newBuilder()
                    .setName("length")
                    .setBundle("testing")
                    .setMeaning("code points")
                    .addDensities(Density.SENTENCE)
                    .addDensities(Density.SEQUENCE)
                    .setDefaultDensity(Density.SEQUENCE)
                    .setMinimum(0)
                    .setMaximum(Float.POSITIVE_INFINITY)
                    .addVersions(VersionInfo.newBuilder()
                            .setVersion("1")
                            .setDigest("sha256:0123456789abcdef0123456789abcdef")
                            .setLatest(true)
                            .addStatistics(statistics(Density.SENTENCE, 40, 20)))
                    .setMaximumTokens(512))
            .addRefused(RefusedBundle.newBuilder().setFolder("bad/1").setReason("sha256: differs"))
            .build();

    /** Of the same bundle, with statistics at each of its densities. */
    static final RewardInfo ANOTHER_OF_THE_BUNDLE = LISTED.getRewards(0).toBuilder()
            .setName("accord")
            .setMeaning("agreement")
            .clearDensities()
            .addDensities(Density.TOKEN)
            .addDensities(Density.SEQUENCE)
            .setDefaultDensity(Density.TOKEN)
            .setMinimum(-1)
            .setMaximum(1)
            .setVersions(
                    0,
                    LISTED.getRewards(0).getVersions(0).toBuilder()
                            .clearStatistics()
                            .addStatistics(statistics(Density.TOKEN, -0.25f, 12.5f))
                            .addStatistics(statistics(Density.SEQUENCE, 0.5f, 0.75f)))
            .build();

    private TestingListings() {}

    private static ValueStatistics statistics(Density density, float mean, float standardDeviation) {
        return ValueStatistics.newBuilder()
                .setDensity(density)
                .setMean(mean)
                .setStandardDeviation(standardDeviation)
                .build();
    }
}
