package dev.winnow.ppo.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.winnow.ppo.reward.AdminClient;
import dev.winnow.v1.ListRewardsResponse;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code winnow rewards}. */
@Command(name = "rewards", description = "Lists the rewards that can be asked for, and the bundles that do not serve.")
final class RewardsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Mixin
    private final ReplicaOptions replica = new ReplicaOptions();

    @Option(names = "--json", description = "Print the winnow.v1.ListRewardsResponse as proto3 JSON.")
    private boolean json;

    @Override
    public Integer call() throws InvalidProtocolBufferException, UserFailure {
        PrintWriter out = command.commandLine().getOut();
        try (AdminClient client = replica.connect()) {
            ListRewardsResponse listed = client.listRewards();
            if (json) {
                out.println(JsonFormat.printer()
                        .preservingProtoFieldNames()
                        .alwaysPrintFieldsWithNoPresence()
                        .print(listed));
            } else {
                RewardTables.of(listed).forEach(out::println);
            }
        } catch (StatusRuntimeException e) {
            throw UserFailure.of(e, replica.target());
        }
        out.flush();
        return ExitCode.OK;
    }
}
