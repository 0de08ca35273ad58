package dev.winnow.ppo.reward;

import dev.winnow.ppo.reward.ResponseRewards.PlacedValue;
import dev.winnow.ppo.reward.retry.RetryStatistics;
import dev.winnow.v1.ListRewardsResponse;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.RewardVector;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Rewards from a reward service, over a stream. Each reward stays with the version of its model that it had when this was
 * made. Thread-safe.
 */
public final class ServiceRewards implements RewardSource, AutoCloseable {
    private static final String COMBINED = "combined";

    private final List<PinnedReward> pinned;
    private final RewardClient client;
    private final Scorer scorer;

    private ServiceRewards(List<PinnedReward> pinned, RewardClient client, Scorer scorer) {
        this.pinned = List.copyOf(pinned);
        this.client = client;
        this.scorer = scorer;
    }

    /**
     * Asks a service what it serves and pins it.
     *
     * @param client stays the caller's
     * @param rewards a weight that is missing is 1; a version that is missing is the latest
     * @param normalised whether values are normalised by what their bundles tell of the models' training data
     * @param maximumNewTokens of a response
     * @throws IllegalArgumentException where the service lacks a reward, or its model takes fewer tokens, or it tells
     *     nothing to normalise by
     * @throws io.grpc.StatusRuntimeException where the service does not answer as long as the client's patience lasts
     */
    public static ServiceRewards pin(
            RewardClient client, List<RewardRequest> rewards, boolean normalised, int maximumNewTokens) {
        ListRewardsResponse listed = client.awaitRewards();
        List<PinnedReward> pinned = rewards.stream()
                .map(reward -> PinnedReward.of(reward, listed, normalised, maximumNewTokens))
                .toList();
        List<String> names =
                pinned.stream().map(reward -> reward.weighted().name()).toList();
        if (names.isEmpty() || names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("rewards: %s (expected: at least one, none twice)".formatted(names));
        }
        if (names.contains(COMBINED)) {
            throw new IllegalArgumentException(
                    "reward: %s (expected: BUNDLE/%s or %s@DENSITY, as metrics call the weighted sum by its name)"
                            .formatted(COMBINED, COMBINED, COMBINED));
        }
        List<RewardRequest> requests =
                pinned.stream().map(PinnedReward::request).toList();
        return new ServiceRewards(pinned, client, client.pinnedStream(requests, Limits.of(listed)));
    }

    @Override
    public List<WeightedReward> rewards() {
        return pinned.stream().map(PinnedReward::weighted).toList();
    }

    /** Returns what is asked for, by digest: to go on with the same models later, pin these. */
    public List<RewardRequest> pinned() {
        return pinned.stream()
                .map(reward -> reward.request().toBuilder()
                        .setWeight((float) reward.weighted().weight())
                        .build())
                .toList();
    }

    @Override
    public CompletableFuture<List<ResponseRewards>> score(List<RewardSample> samples) {
        return scorer.score(samples.stream().map(ServiceRewards::toSample).toList())
                .thenApply(results -> results.stream().map(this::toRewards).toList());
    }

    @Override
    public RetryStatistics statistics() {
        return client.statistics();
    }

    @Override
    public void close() {
        scorer.close();
    }

    private static Sample toSample(RewardSample sample) {
        return Sample.newBuilder()
                .setPrompt(sample.prompt())
                .addAllContext(sample.context())
                .setResponse(sample.response().response())
                .setTokens(sample.response().toTokens())
                .build();
    }

    private ResponseRewards toRewards(SampleResult result) {
        if (!result.hasRewards()) {
            throw new MissingRewardException("reward: %s: %s (expected: a value for every response)"
                    .formatted(result.getError().getCode(), result.getError().getMessage()));
        }
        List<List<PlacedValue>> values = new ArrayList<>(pinned.size());
        for (int reward = 0; reward < pinned.size(); reward++) {
            values.add(toValues(pinned.get(reward), result.getRewards().getVectors(reward)));
        }
        return new ResponseRewards(values);
    }

    private static List<PlacedValue> toValues(PinnedReward reward, RewardVector vector) {
        if (!vector.getDigest().equals(reward.request().getVersion())) {
            throw new MissingRewardException("digest of %s: %s (expected: %s)"
                    .formatted(
                            reward.weighted().name(),
                            vector.getDigest(),
                            reward.request().getVersion()));
        }
        if (vector.getPlacementsCount() != vector.getValuesCount()) {
            throw new MissingRewardException("placements of %s: %d (expected: %d, one for each value)"
                    .formatted(reward.weighted().name(), vector.getPlacementsCount(), vector.getValuesCount()));
        }
        List<PlacedValue> values = new ArrayList<>(vector.getValuesCount());
        for (int segment = 0; segment < vector.getValuesCount(); segment++) {
            float value = vector.getValues(segment);
            if (!Float.isFinite(value)) {
                throw new MissingRewardException("%s of segment %d: %s (expected: a finite number)"
                        .formatted(reward.weighted().name(), segment, value));
            }
            values.add(new PlacedValue(vector.getPlacements(segment), value));
        }
        return values;
    }
}
