package dev.winnow.ppo.cli;

import dev.winnow.ppo.reward.Limits;
import dev.winnow.ppo.reward.RewardClient;
import dev.winnow.ppo.reward.Scorer;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code winnow score}. */
@Command(
        name = "score",
        description = {
            "Scores a file of samples.",
            "Each input line is a winnow.v1.Sample as proto3 JSON, such as",
            "  {\"id\": \"1\", \"prompt\": \"Where is Lyon?\", \"response\": \"In France.\"}",
            "and each output line the winnow.v1.SampleResult of the same input line: its rewards, or an error."
        },
        footer = "Exit status: 0 where every sample has its rewards, 1 where one has not, 2 for a wrong command.")
final class ScoreCommand implements Callable<Integer> {
    private static final int BATCHES_IN_FLIGHT = 4;
    private static final int STREAMED_SAMPLES_IN_FLIGHT = 256;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final RewardsOption rewards = new RewardsOption();

    @Mixin
    private final ScoreFiles files = new ScoreFiles();

    @ArgGroup(exclusive = true)
    private final Transport transport = new Transport();

    private static final class Transport {
        @Option(
                names = "--batch",
                paramLabel = "N",
                description = "Samples in one call. Default: 32. Calls in flight: " + BATCHES_IN_FLIGHT + ".")
        private int batch = 32;

        @Option(
                names = "--stream",
                description = "Send all samples over one stream; in flight: " + STREAMED_SAMPLES_IN_FLIGHT + ".")
        private boolean stream;
    }

    @Override
    public Integer call() throws IOException, InterruptedException, UserFailure {
        if (transport.batch < 1) {
            String message = "--batch: %d (expected: >= 1)".formatted(transport.batch);
            throw new ParameterException(command.commandLine(), message);
        }
        try (RewardClient client = server.connect();
                InputStream input = files.openInput();
                Writer output = files.openOutput();
                Scorer scorer = scorer(client)) {
            SampleLines lines = new SampleLines(input);
            ResultWriter results = new ResultWriter(output);
            ScoreRun run = transport.stream
                    ? new ScoreRun(lines, scorer, 1, STREAMED_SAMPLES_IN_FLIGHT)
                    : new ScoreRun(lines, scorer, transport.batch, BATCHES_IN_FLIGHT);
            run.writeTo(results);
            output.flush();
            return exitCode(results);
        } catch (IOException e) {
            throw UserFailure.of(e);
        }
    }

    /** Returns the scorer, or where no server answers one that says so of each sample: every line has its result. */
    private Scorer scorer(RewardClient client) {
        Limits limits;
        try {
            limits = Limits.of(client.listRewards());
        } catch (StatusRuntimeException e) {
            switch (e.getStatus().getCode()) {
                case UNAVAILABLE, DEADLINE_EXCEEDED -> {
                    tell(UserFailure.of(e, server.target()).getMessage());
                    return Scorer.failing(e);
                }
                default -> limits = Limits.DEFAULT;
            }
        }
        return new UntilUnavailable(
                transport.stream ? client.stream(rewards.get(), limits) : client.batches(rewards.get(), limits));
    }

    private int exitCode(ResultWriter results) {
        if (results.errors() == 0) {
            return ExitCode.OK;
        }
        results.summary().forEach(this::tell);
        return ExitCode.SOFTWARE;
    }

    private void tell(@Nullable String message) {
        command.commandLine().getErr().println("winnow: " + message);
    }
}
