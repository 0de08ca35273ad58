package dev.winnow.ppo.cli;

import dev.winnow.ppo.run.RunKind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code winnow train}. */
@Command(
        name = "train",
        description = {
            "Trains a policy by PPO on the rewards of a service.",
            "A run can be killed at any moment; --resume goes on to the same numbers."
        },
        footer = RunOptions.EXIT_STATUS)
final class TrainCommand implements Callable<Integer> {
    @Mixin
    private final RunOptions run = new RunOptions();

    @Override
    public Integer call() throws UserFailure {
        return run.execute(RunKind.training());
    }
}
