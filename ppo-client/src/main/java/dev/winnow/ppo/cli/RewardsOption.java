package dev.winnow.ppo.cli;

import dev.winnow.ppo.reward.RewardNotation;
import dev.winnow.v1.RewardRequest;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which rewards are asked for. */
final class RewardsOption {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    private List<RewardRequest> requests = List.of();

    @Option(
            names = "--rewards",
            required = true,
            paramLabel = "REWARDS",
            description = {
                "The rewards: [BUNDLE/]NAME[:VERSION][@DENSITY][=WEIGHT][,...], for example toxicity@SENTENCE=0.5.",
                "Versions: a name or a digest, such as toxicity:2 or toxicity:sha256:...; the latest where none is"
                        + " given.",
                "Densities: TOKEN, STEP, SUB_SENTENCE, SENTENCE, SEQUENCE. A weight asks for the weighted sum at the"
                        + " caller's tokens."
            })
    void parse(String rewards) {
        try {
            requests = RewardNotation.parse(rewards);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--rewards: " + e.getMessage(), e);
        }
    }

    List<RewardRequest> get() {
        return requests;
    }
}
