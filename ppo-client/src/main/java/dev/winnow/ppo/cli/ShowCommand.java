package dev.winnow.ppo.cli;

import dev.winnow.ppo.reward.Limits;
import dev.winnow.ppo.reward.RewardClient;
import dev.winnow.ppo.reward.Scorer;
import dev.winnow.v1.ListRewardsResponse;
import dev.winnow.v1.RewardInfo;
import dev.winnow.v1.RewardRequest;
import dev.winnow.v1.RewardVector;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code winnow show}. */
@Command(
        name = "show",
        description = {
            "Shows one response with each segment in the colour of its reward: red is bad, green is good.",
            "Prints a table instead where the output is no terminal or NO_COLOR is set. Weights are ignored."
        })
final class ShowCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final RewardsOption rewards = new RewardsOption();

    @Option(
            names = "--context",
            paramLabel = "PASSAGE",
            description = "A text that the response should rest on; once for each. Some rewards need them.")
    private List<String> context = List.of();

    @Parameters(index = "0", paramLabel = "PROMPT", description = "What the response answers.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String prompt;

    @Parameters(index = "1", paramLabel = "RESPONSE", description = "The text to reward.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String response;

    @Override
    public Integer call() throws UserFailure {
        PrintWriter out = command.commandLine().getOut();
        try (RewardClient client = server.connect()) {
            ListRewardsResponse listed = server.listRewards(client);
            SampleResult result = score(client, Limits.of(listed));
            if (result.hasError()) {
                throw UserFailure.of(result.getError());
            }
            Optional<Palette> palette = palette(System.getenv());
            for (RewardVector vector : result.getRewards().getVectorsList()) {
                Display display = new Display(response, vector, reward(listed, vector));
                palette.map(display::coloured).orElseGet(display::plain).forEach(out::println);
                out.println();
            }
        }
        out.flush();
        return ExitCode.OK;
    }

    private SampleResult score(RewardClient client, Limits limits) {
        // Weights need the caller's tokens, and here there are none.
        List<RewardRequest> unweighted = rewards.get().stream()
                .map(request -> request.toBuilder().clearWeight().build())
                .toList();
        Sample sample = Sample.newBuilder()
                .setPrompt(prompt)
                .addAllContext(context)
                .setResponse(response)
                .build();
        try (Scorer scorer = client.batches(unweighted, limits)) {
            return scorer.score(List.of(sample)).join().getFirst();
        }
    }

    private static RewardInfo reward(ListRewardsResponse listed, RewardVector vector) {
        return listed.getRewardsList().stream()
                .filter(reward -> reward.getName().equals(vector.getReward())
                        && reward.getBundle().equals(vector.getBundle()))
                .findFirst()
                .orElse(RewardInfo.getDefaultInstance());
    }

    /** Returns the colours of the terminal; none where there is no terminal or nobody wants them. */
    private static Optional<Palette> palette(Map<String, String> environment) {
        boolean unwanted = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "dumb").equals("dumb");
        if (unwanted || !Terminal.OUTPUT.isPresent()) {
            return Optional.empty();
        }
        boolean trueColour = Set.of("truecolor", "24bit").contains(environment.getOrDefault("COLORTERM", ""));
        return Optional.of(trueColour ? Palette.TRUE_COLOUR : Palette.COLOUR_CUBE);
    }
}
