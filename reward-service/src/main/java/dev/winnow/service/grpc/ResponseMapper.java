package dev.winnow.service.grpc;

import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.RewardVector;
import dev.winnow.service.domain.SampleOutcome;
import dev.winnow.service.domain.Span;
import dev.winnow.v1.Error;
import dev.winnow.v1.Rewards;
import dev.winnow.v1.SampleResult;

/** From the domain to the wire. */
final class ResponseMapper {
    private ResponseMapper() {}

    static SampleResult toResult(String id, SampleOutcome outcome) {
        SampleResult.Builder result = SampleResult.newBuilder().setId(id);
        return switch (outcome) {
            case SampleOutcome.Rewarded rewarded ->
                result.setRewards(toRewards(rewarded)).build();
            case SampleOutcome.Failed failed ->
                result.setError(toError(failed.failure())).build();
        };
    }

    static dev.winnow.v1.Density toDensity(Density density) {
        return switch (density) {
            case TOKEN -> dev.winnow.v1.Density.TOKEN;
            case STEP -> dev.winnow.v1.Density.STEP;
            case SUB_SENTENCE -> dev.winnow.v1.Density.SUB_SENTENCE;
            case SENTENCE -> dev.winnow.v1.Density.SENTENCE;
            case SEQUENCE -> dev.winnow.v1.Density.SEQUENCE;
        };
    }

    private static Rewards toRewards(SampleOutcome.Rewarded rewarded) {
        Rewards.Builder rewards = Rewards.newBuilder();
        rewarded.vectors().forEach(vector -> rewards.addVectors(toVector(vector)));
        return rewards.addAllCombined(rewarded.combined()).build();
    }

    private static dev.winnow.v1.RewardVector toVector(RewardVector vector) {
        return dev.winnow.v1.RewardVector.newBuilder()
                .setReward(vector.reward())
                .setDensity(toDensity(vector.density()))
                .setBundle(vector.model().bundle())
                .setVersion(vector.model().version())
                .setDigest(vector.model().digest())
                .addAllStarts(vector.segments().stream().map(Span::start).toList())
                .addAllEnds(vector.segments().stream().map(Span::end).toList())
                .addAllValues(vector.values())
                .addAllRawValues(vector.rawValues())
                .addAllPlacements(vector.placements())
                .setTruncated(vector.truncated())
                .build();
    }

    private static Error toError(Failure failure) {
        Error.Builder error = Error.newBuilder().setCode(Statuses.code(failure)).setMessage(failure.message());
        if (failure instanceof Failure.Overloaded overloaded) {
            error.setRetryAfterMs((int) overloaded.retryAfter().toMillis());
        }
        return error.build();
    }
}
