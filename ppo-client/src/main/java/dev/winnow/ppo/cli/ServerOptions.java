package dev.winnow.ppo.cli;

import dev.winnow.ppo.reward.RewardClient;
import dev.winnow.v1.ListRewardsResponse;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which server is asked, and how patiently. */
final class ServerOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(
            names = "--target",
            required = true,
            paramLabel = "HOST:PORT",
            description = "The reward service. Where the host has several addresses, all are used in turn.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String target;

    @Option(
            names = "--timeout",
            defaultValue = "2m",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long one try of a call may take (with --stream: one try of a sample), such as 500ms,"
                    + " 90s or 2m. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duration timeout;

    String target() {
        return target;
    }

    RewardClient connect() {
        try {
            return RewardClient.connect(target, timeout);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    ListRewardsResponse listRewards(RewardClient client) throws UserFailure {
        try {
            return client.listRewards();
        } catch (StatusRuntimeException e) {
            throw UserFailure.of(e, target);
        }
    }
}
