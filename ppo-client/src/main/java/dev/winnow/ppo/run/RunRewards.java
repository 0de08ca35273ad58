package dev.winnow.ppo.run;

import dev.winnow.ppo.config.Configuration;
import dev.winnow.ppo.reward.Failures;
import dev.winnow.ppo.reward.MissingRewardException;
import dev.winnow.ppo.reward.RewardClient;
import dev.winnow.ppo.reward.RewardNotation;
import dev.winnow.ppo.reward.RewardSource;
import dev.winnow.ppo.reward.ServiceRewards;
import dev.winnow.ppo.reward.connection.Connection;
import dev.winnow.v1.RewardRequest;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Optional;

/** The rewards of a run: of the versions that the service has when it begins, or that its checkpoint names. */
final class RunRewards implements AutoCloseable {
    private final RewardClient client;
    private final ServiceRewards source;

    private RunRewards(RewardClient client, ServiceRewards source) {
        this.client = client;
        this.source = source;
    }

    /**
     * Asks the service for its rewards.
     *
     * @throws RunException where it lacks one, or its model takes fewer tokens than a response may have
     * @throws MissingRewardException where it does not answer
     */
    static RunRewards connect(Configuration configuration, Optional<Checkpoint> from, Stop stop) throws RunException {
        Connection connection = ServiceKeys.connection(configuration);
        RewardClient client;
        try {
            client = RewardClient.connect(connection);
        } catch (IllegalArgumentException e) {
            throw new RunException("%s: %s".formatted(connection.target(), e.getMessage()), e);
        }
        stop.onRequest(client::endRetries);
        try {
            return new RunRewards(
                    client,
                    ServiceRewards.pin(
                            client,
                            asked(configuration, from),
                            configuration.get(TrainKeys.NORMALISE_REWARDS),
                            configuration.get(PpoKeys.MAXIMUM_NEW_TOKENS)));
        } catch (IllegalArgumentException e) {
            client.close();
            throw new RunException("%s: %s".formatted(connection.target(), e.getMessage()), e);
        } catch (StatusRuntimeException e) {
            client.close();
            throw new MissingRewardException("%s: %s: %s"
                    .formatted(e.getStatus().getCode(), connection.target(), Failures.describe(e.getStatus())));
        }
    }

    private static List<RewardRequest> asked(Configuration configuration, Optional<Checkpoint> from) {
        return from.isPresent()
                ? RewardNotation.parse(
                        String.join(",", from.get().progress().state().rewards()))
                : TrainKeys.rewards(configuration);
    }

    RewardSource source() {
        return source;
    }

    /** Returns the rewards with their digests. */
    List<RewardRequest> pinned() {
        return source.pinned();
    }

    @Override
    public void close() {
        source.close();
        client.close();
    }
}
