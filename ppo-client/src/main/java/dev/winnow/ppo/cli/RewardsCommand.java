package dev.winnow.ppo.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.winnow.ppo.reward.RewardClient;
import dev.winnow.v1.ListRewardsResponse;
import dev.winnow.v1.RewardInfo;
import dev.winnow.v1.VersionInfo;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code winnow rewards}. */
@Command(name = "rewards", description = "Lists the rewards that can be asked for, and the bundles that do not serve.")
final class RewardsCommand implements Callable<Integer> {
    /** Of a digest's 64 digits as many as tell versions apart on a screen. */
    private static final int DIGEST_SHOWN = "sha256:".length() + 12;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Option(names = "--json", description = "Print the winnow.v1.ListRewardsResponse as proto3 JSON.")
    private boolean json;

    @Override
    public Integer call() throws InvalidProtocolBufferException, UserFailure {
        PrintWriter out = command.commandLine().getOut();
        try (RewardClient client = server.connect()) {
            ListRewardsResponse listed = server.listRewards(client);
            if (json) {
                out.println(JsonFormat.printer()
                        .preservingProtoFieldNames()
                        .alwaysPrintFieldsWithNoPresence()
                        .print(listed));
            } else {
                print(listed, out);
            }
        }
        out.flush();
        return ExitCode.OK;
    }

    private static void print(ListRewardsResponse listed, PrintWriter out) {
        Table rewards = new Table("REWARD", "DENSITIES", "RANGE", "TOKENS", "VERSIONS", "MEANING");
        listed.getRewardsList()
                .forEach(reward -> rewards.add(
                        reward.getBundle() + "/" + reward.getName(),
                        densities(reward),
                        Numbers.range(reward.getMinimum(), reward.getMaximum()),
                        Integer.toUnsignedString(reward.getMaximumTokens()),
                        versions(reward.getVersionsList()),
                        reward.getMeaning()));
        rewards.lines().forEach(out::println);
        out.println();
        out.println("* the default density. TOKENS: most tokens of the bundle's own tokenizer in one sample.");
        if (listed.getRefusedCount() > 0) {
            out.println();
            Table refused = new Table("REFUSED", "REASON");
            listed.getRefusedList().forEach(bundle -> refused.add(bundle.getFolder(), bundle.getReason()));
            refused.lines().forEach(out::println);
        }
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

    private static String shortened(String digest) {
        return digest.substring(0, Math.min(digest.length(), DIGEST_SHOWN));
    }
}
