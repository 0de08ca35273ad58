package dev.winnow.ppo.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.winnow.ppo.reward.AdminClient;
import dev.winnow.v1.BundleStatus;
import dev.winnow.v1.ListBundlesResponse;
import dev.winnow.v1.State;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code winnow bundles}. */
@Command(
        name = "bundles",
        description = {
            "Lists the bundle versions of a server, or has one loaded or unloaded.",
            "The server must allow it (winnow.admin.enabled=true) and be on this machine."
        },
        footer = "Exit status: 0 where all is as asked for, 1 where it is not, 2 for a wrong command.")
final class BundlesCommand implements Callable<Integer> {
    /** Named as they are typed. */
    enum Action {
        list,
        load,
        unload
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "list|load|unload",
            defaultValue = "list",
            description = {
                "list: all versions in the bundles folder, which is the default.",
                "load: have a version proven and served, also one that was refused or unloaded before.",
                "unload: take a version out of service; the one before it becomes the latest."
            })
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Action action;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME/VERSION",
            description = "The version to load or unload, such as toxicity/2.")
    private @Nullable String version;

    @Mixin
    private final ReplicaOptions replica = new ReplicaOptions();

    @Option(names = "--force", description = "Unload even the last version of what the server must have.")
    private boolean force;

    @Option(names = "--json", description = "Print a winnow.v1.ListBundlesResponse as proto3 JSON.")
    private boolean json;

    @Override
    public Integer call() throws InvalidProtocolBufferException, UserFailure {
        if ((action == Action.list) != (version == null)) {
            throw wrong("NAME/VERSION: %s (expected: with load and unload, and only there)".formatted(version));
        }
        if (force && action != Action.unload) {
            throw wrong("--force: with %s (expected: with unload)".formatted(action));
        }
        try (AdminClient client = replica.connect()) {
            List<BundleStatus> bundles = ask(client);
            print(bundles);
            return action == Action.list || bundles.stream().allMatch(this::isAsAskedFor)
                    ? ExitCode.OK
                    : ExitCode.SOFTWARE;
        } catch (StatusRuntimeException e) {
            throw UserFailure.of(e, replica.target());
        }
    }

    private List<BundleStatus> ask(AdminClient client) {
        return switch (action) {
            case list -> client.list();
            case load -> List.of(client.load(name(), nameOfVersion()));
            case unload -> List.of(client.unload(name(), nameOfVersion(), force));
        };
    }

    private void print(List<BundleStatus> bundles) throws InvalidProtocolBufferException {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(JsonFormat.printer()
                    .preservingProtoFieldNames()
                    .alwaysPrintFieldsWithNoPresence()
                    .print(ListBundlesResponse.newBuilder().addAllBundles(bundles)));
        } else {
            BundleTables.of(bundles).forEach(out::println);
        }
        out.flush();
    }

    /** A load that leaves a reason has not brought what is in the folder into service. */
    private boolean isAsAskedFor(BundleStatus bundle) {
        return action == Action.load
                ? bundle.getState() == State.STATE_SERVING && bundle.getReason().isEmpty()
                : bundle.getState() == State.STATE_UNLOADED;
    }

    private String name() {
        return parts()[0];
    }

    private String nameOfVersion() {
        return parts()[1];
    }

    private String[] parts() {
        String[] parts = String.valueOf(version).split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw wrong("NAME/VERSION: '%s' (expected: the folder of a bundle and of its version)".formatted(version));
        }
        return parts;
    }

    private ParameterException wrong(@Nullable String message) {
        return new ParameterException(command.commandLine(), message);
    }
}
