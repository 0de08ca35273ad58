package dev.winnow.ppo.cli;

import dev.winnow.ppo.reward.RewardClient;
import dev.winnow.ppo.reward.connection.Connection;
import dev.winnow.v1.ListRewardsResponse;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which server is asked for rewards, and how patiently. */
final class ServerOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(
            names = "--target",
            required = true,
            paramLabel = "HOST:PORT[,...]",
            description = "The reward service. All addresses of the host, or of several with commas between, are its"
                    + " replicas and used by turns.")
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

    @Option(
            names = "--patience",
            defaultValue = "1m",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long a sample is sent again after its first failure, where the server has gone, does not"
                    + " answer in time or is too busy. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duration patience;

    @Mixin
    private final TlsOptions tls = new TlsOptions();

    String target() {
        return target;
    }

    RewardClient connect() {
        try {
            return RewardClient.connect(new Connection(target, tls.get(), timeout, patience));
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
