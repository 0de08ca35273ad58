package dev.winnow.ppo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.winnow.v1.SampleResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Scoring by the command line with the packaged service and the shipped reward model. */
@Timeout(300)
class ServiceScoreTest {
    @TempDir
    Path folder;

    @Test
    void scoresAFileByBatchesAndByStreamAlike() throws IOException {
        try (TestingService service = new TestingService()) {
            Path in = folder.resolve("samples.jsonl");
            Files.write(in, TestingSamples.lines(80));

            List<String> batches = score(service, in, "--batch", "7");
            List<String> stream = score(service, in, "--stream");

            assertThat(stream).isEqualTo(batches).hasSize(80);
            SampleResult first = parse(batches.getFirst());
            assertThat(first.getId()).isEqualTo("sample-0");
            assertThat(first.getRewards().getVectorsList()).hasSize(2);
            assertThat(first.getRewards().getVectors(0).getValuesList()).isNotEmpty();
        }
    }

    @Test
    void oneBadLineLeavesTheOthersTheirRewards() throws IOException {
        try (TestingService service = new TestingService()) {
            List<String> lines = new ArrayList<>(TestingSamples.lines(3));
            lines.add(1, "{\"id\": \"surrogate\", \"response\": \"broken \\ud800 text\"}");
            lines.add(3, "{\"id\": \"too-long\", \"response\": \"" + "word ".repeat(600) + "\"}");
            Path in = folder.resolve("samples.jsonl");
            Files.write(in, lines);
            Path out = folder.resolve("results.jsonl");
            StringWriter errors = new StringWriter();

            assertThat(run(
                            errors,
                            "score",
                            "--target",
                            service.target(),
                            "--rewards",
                            "toxicity",
                            "--in",
                            in.toString(),
                            "--out",
                            out.toString()))
                    .isEqualTo(1);
            List<SampleResult> results = Files.readAllLines(out).stream()
                    .map(ServiceScoreTest::parse)
                    .toList();
            assertThat(results).extracting(SampleResult::hasRewards).containsExactly(true, false, true, false, true);
            assertThat(results.get(1).getError().getMessage()).contains("line 2");
            assertThat(results.get(3).getError().getMessage()).contains("600 tokens", "510");
            assertThat(errors.toString()).contains("2 of 5");
        }
    }

    private List<String> score(TestingService service, Path in, String... mode) throws IOException {
        Path out = Files.createTempFile(folder, "results", ".jsonl");
        List<String> arguments = new ArrayList<>(List.of(
                "score",
                "--target",
                service.target(),
                "--rewards",
                "toxicity@TOKEN=1.5,toxicity/toxicity@SEQUENCE",
                "--in",
                in.toString(),
                "--out",
                out.toString()));
        arguments.addAll(List.of(mode));
        StringWriter errors = new StringWriter();
        assertThat(run(errors, arguments.toArray(String[]::new)))
                .as(errors.toString())
                .isZero();
        return Files.readAllLines(out);
    }

    private static int run(StringWriter errors, String... arguments) {
        CommandLine command = Winnow.commandLine();
        command.setErr(new PrintWriter(errors, true));
        return command.execute(arguments);
    }

    private static SampleResult parse(String line) {
        SampleResult.Builder result = SampleResult.newBuilder();
        try {
            JsonFormat.parser().merge(line, result);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not a SampleResult: " + line, e);
        }
        return result.build();
    }
}
