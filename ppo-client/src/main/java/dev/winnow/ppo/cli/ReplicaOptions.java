package dev.winnow.ppo.cli;

import dev.winnow.ppo.reward.AdminClient;
import dev.winnow.ppo.reward.connection.Connection;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which replica is looked at. */
final class ReplicaOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(
            names = "--target",
            required = true,
            paramLabel = "HOST:PORT",
            description = "The reward service. Each replica is asked by itself.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String target;

    @Option(
            names = "--timeout",
            defaultValue = "5m",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long the answer may take, such as 90s or 2m. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Duration timeout;

    @Mixin
    private final TlsOptions tls = new TlsOptions();

    String target() {
        return target;
    }

    AdminClient connect() {
        try {
            return AdminClient.connect(new Connection(target, tls.get(), timeout, Duration.ZERO));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }
}
