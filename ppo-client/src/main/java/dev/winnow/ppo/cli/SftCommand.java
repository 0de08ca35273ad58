package dev.winnow.ppo.cli;

import dev.winnow.ppo.run.RunKind;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code winnow sft}. */
@Command(
        name = "sft",
        description = {
            "Trains a policy on given responses or texts (supervised fine-tuning), from a model or from scratch.",
            "A run can be killed at any moment; --resume goes on to the same numbers."
        },
        footer = RunOptions.EXIT_STATUS)
final class SftCommand implements Callable<Integer> {
    @Mixin
    private final RunOptions run = new RunOptions();

    @Override
    public Integer call() throws UserFailure {
        return run.execute(RunKind.supervised());
    }
}
