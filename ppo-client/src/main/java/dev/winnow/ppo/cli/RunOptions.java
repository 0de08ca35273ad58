package dev.winnow.ppo.cli;

import dev.winnow.ppo.config.ConfigurationException;
import dev.winnow.ppo.reward.MissingRewardException;
import dev.winnow.ppo.run.Run;
import dev.winnow.ppo.run.RunException;
import dev.winnow.ppo.run.RunKind;
import dev.winnow.ppo.run.Stop;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which run, and how it is told of and ended. */
final class RunOptions {
    static final String EXIT_STATUS =
            "Exit status: 0 where all steps are done, 1 where the configuration, an input or the"
                    + " disk is at fault or a step cannot be learnt from, 2 for a wrong command, 3 where rewards are not to be"
                    + " had, 130 after Ctrl-C, 143 after kill. After 3, 130 and 143 --resume goes on.";

    private static final int REWARDS_MISSING = 3;
    private static final int INTERRUPTED = 130;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration, in YAML; docs/training.md lists its keys. With --resume: that of the run"
                    + " where it is not given.")
    private @Nullable Path configuration;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Another value of a key, such as --set rollout.prompts=8; as often as needed.")
    private List<String> assignments = new ArrayList<>();

    @Option(
            names = "--run",
            required = true,
            paramLabel = "DIR",
            description = "The folder of the run: its configuration, metrics, samples and checkpoints.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path folder;

    @Option(
            names = "--resume",
            description = "Go on behind the newest checkpoint in the folder; from the first step where there is none.")
    private boolean resume;

    /** Runs to the end and returns the exit status. */
    int execute(RunKind kind) throws UserFailure {
        Stop stop = new Stop();
        Run run = new Run(kind, Optional.ofNullable(configuration), assignments, folder, resume);
        try (ShutdownHook _ = ShutdownHook.waiting(() -> stop(stop));
                RunProgress progress = new RunProgress(err())) {
            return switch (run.execute(stop, progress, InstantSource.system())) {
                case DONE -> ExitCode.OK;
                case STOPPED -> INTERRUPTED;
            };
        } catch (MissingRewardException e) {
            err().println("winnow: " + e.getMessage() + "; --resume goes on where the service is back");
            return REWARDS_MISSING;
        } catch (ConfigurationException | RunException e) {
            throw UserFailure.of(e);
        } catch (IOException e) {
            throw UserFailure.of(e);
        }
    }

    private void stop(Stop stop) {
        err().println();
        err().println("winnow: stops behind the present step; --resume goes on");
        stop.request();
    }

    private PrintWriter err() {
        return command.commandLine().getErr();
    }
}
