package dev.winnow.ppo.cli;

import com.google.protobuf.util.JsonFormat;
import dev.winnow.ppo.run.Responder;
import dev.winnow.ppo.run.RunException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code winnow generate}. */
@Command(
        name = "generate",
        description = {
            "Has a policy respond to a file of prompts, one JSON object a line: {\"prompt\": \"...\"}.",
            "Each output line is a winnow.v1.Sample, which `winnow score` reads."
        })
final class GenerateCommand implements Callable<Integer> {
    private static final String STANDARD = "-";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    @Option(names = "--policy", required = true, paramLabel = "DIR", description = "Hugging Face directory.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path policy;

    @Option(
            names = "--prompts",
            required = true,
            paramLabel = "FILE",
            description = "The prompts; - for standard input.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String prompts;

    @Option(
            names = "--out",
            defaultValue = STANDARD,
            paramLabel = "FILE",
            description = "The responses; - for standard output, the default.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String out;

    @Option(
            names = "--template",
            defaultValue = "{prompt}",
            paramLabel = "TEXT",
            description = "What the policy reads of a prompt; {prompt} and {context} are filled in. Default:"
                    + " ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String template;

    @Option(
            names = "--temperature",
            defaultValue = "1",
            paramLabel = "NUMBER",
            description = "0 for the likeliest token each time. Default: ${DEFAULT-VALUE}.")
    private double temperature;

    @Option(names = "--top-k", defaultValue = "0", paramLabel = "N", description = "0, the default, for all tokens.")
    private int topK;

    @Option(
            names = "--top-p",
            defaultValue = "1",
            paramLabel = "NUMBER",
            description = "1, the default, for all tokens.")
    private double topP;

    @Option(
            names = "--maximum-new-tokens",
            defaultValue = "128",
            paramLabel = "N",
            description = "Most tokens of a response. Default: ${DEFAULT-VALUE}.")
    private int maximumNewTokens;

    @Option(
            names = "--minimum-new-tokens",
            defaultValue = "0",
            paramLabel = "N",
            description = "Tokens of a response before it may end. Default: ${DEFAULT-VALUE}.")
    private int minimumNewTokens;

    @Option(
            names = "--responses-per-prompt",
            defaultValue = "1",
            paramLabel = "N",
            description = "Default: ${DEFAULT-VALUE}.")
    private int responsesPerPrompt;

    @Option(
            names = "--micro-batch",
            defaultValue = "16",
            paramLabel = "N",
            description = "Responses that are generated together. Default: ${DEFAULT-VALUE}.")
    private int microBatch;

    @Option(names = "--seed", defaultValue = "0", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--device",
            defaultValue = "cpu",
            paramLabel = "DEVICE",
            description = "cpu or cuda. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String device;

    @Option(
            names = "--threads",
            defaultValue = "0",
            paramLabel = "N",
            description = "0, the default, for as many as the machine has processors.")
    private int threads;

    @Override
    public Integer call() throws UserFailure {
        Responder responder = new Responder(
                policy,
                Path.of(prompts.equals(STANDARD) ? "/dev/stdin" : prompts),
                template,
                new Responder.Drawing(temperature, topK, topP),
                minimumNewTokens,
                maximumNewTokens,
                responsesPerPrompt,
                microBatch,
                seed,
                device,
                threads);
        JsonFormat.Printer json = JsonFormat.printer().omittingInsignificantWhitespace();
        try (Writer output = openOutput()) {
            responder.writeTo(sample -> {
                output.write(json.print(sample) + "\n");
                output.flush();
            });
            return ExitCode.OK;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        } catch (RunException | IOException e) {
            throw UserFailure.of(e);
        }
    }

    private Writer openOutput() throws IOException {
        return out.equals(STANDARD)
                ? new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8)
                : Files.newBufferedWriter(Path.of(out));
    }
}
