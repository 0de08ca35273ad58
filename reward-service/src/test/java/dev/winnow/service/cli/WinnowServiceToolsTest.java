package dev.winnow.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class WinnowServiceToolsTest {
    private final CommandLine tools = WinnowServiceTools.commandLine();
    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @TempDir
    private Path folder;

    private Path in;
    private Path out;

    @BeforeEach
    void redirect() {
        tools.setOut(new PrintWriter(output));
        tools.setErr(new PrintWriter(errors));
        in = folder.resolve("samples.jsonl");
        out = folder.resolve("spans.jsonl");
    }

    private int segment(String density, String... samples) throws IOException {
        Files.writeString(in, String.join("\n", samples));
        return tools.execute("segment", "--density", density, "--in", in.toString(), "--out", out.toString());
    }

    private int nearest(String... samples) throws IOException {
        Files.writeString(in, String.join("\n", samples));
        return tools.execute("nearest", "--in", in.toString(), "--out", out.toString());
    }

    @Test
    void segmentsEachSampleInOrder() throws IOException {
        int status = segment(
                "SENTENCE",
                "{\"id\":\"b\",\"prompt\":\"Well?\",\"response\":\"😀 Yes. No!\",\"context\":[\"c\"]}",
                "{\"response\":\"\\ud83d\\ude00\",\"tokens\":{\"ends\":[1]},\"timeoutMs\":5}",
                "{\"id\":\"a\"}");
        assertThat(status).isZero();
        assertThat(out).hasContent("""
                        {"id":"b","starts":[0,7],"ends":[6,10]}
                        {"id":"","starts":[0],"ends":[1]}
                        {"id":"a","starts":[],"ends":[]}
                        """);
    }

    @Test
    void densityMayBeOfAnyCase() throws IOException {
        assertThat(segment("token", "{\"id\":\"a\",\"response\":\"So, so\"}")).isZero();
        assertThat(out).hasContent("{\"id\":\"a\",\"starts\":[0,2,4],\"ends\":[2,3,6]}");
    }

    @Test
    void unknownFieldNamesItsLine() throws IOException {
        assertThat(segment("TOKEN", "{\"id\":\"a\"}", "{\"answer\":\"b\"}")).isEqualTo(1);
        assertThat(errors.toString())
                .contains("line 2 of " + in)
                .contains("answer")
                .doesNotContain("\tat ");
    }

    @Test
    void blankLineIsNoSample() throws IOException {
        assertThat(segment("TOKEN", "", "{\"id\":\"a\"}")).isEqualTo(1);
        assertThat(errors.toString()).contains("line 1 of " + in);
    }

    @Test
    void missingFileIsNamed() {
        assertThat(tools.execute("segment", "--density", "TOKEN", "--in", in.toString()))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("cannot open " + in);
    }

    @Test
    void stepIsRefused() throws IOException {
        assertThat(segment("STEP", "{}")).isEqualTo(2);
        assertThat(errors.toString()).contains("--density: STEP");
    }

    @Test
    void ranksTheSentencesOfEachContextInOrder() throws IOException {
        int status = nearest(
                "{\"id\":\"b\",\"context\":[\"😀 It was. So!\",\" No cat.\"],\"response\":\"The cat.\"}",
                "{\"context\":[\"It was.\"]}",
                "{\"id\":\"a\",\"response\":\"No context.\"}");
        assertThat(status).isZero();
        // ln(1 + 2.5 / 1.5) / (1 + 1.2 * (0.25 + 0.75 * 2 / (5 / 3))): one word, in one of three sentences.
        assertThat(Files.readAllLines(out))
                .containsExactly(
                        "{\"id\":\"b\",\"sentences\":["
                                + "{\"passage\":1,\"start\":1,\"end\":8,\"score\":0.4121131315175321,\"rank\":1},"
                                + "{\"passage\":0,\"start\":0,\"end\":9,\"score\":0.0,\"rank\":null},"
                                + "{\"passage\":0,\"start\":10,\"end\":13,\"score\":0.0,\"rank\":null}]}",
                        "{\"id\":\"\",\"sentences\":[{\"passage\":0,\"start\":0,\"end\":7,\"score\":0.0,\"rank\":null}]}",
                        "{\"id\":\"a\",\"sentences\":[]}");
    }

    @Test
    void contextMustBeAListOfTexts() throws IOException {
        assertThat(nearest("{\"context\":[{}]}")).isEqualTo(1);
        assertThat(errors.toString()).contains("nearest: line 1 of " + in).doesNotContain("\tat ");
    }

    @Test
    void agreementOfTheRecordsAskedFor() throws IOException {
        Files.writeString(folder.resolve("feedback_450.json"), """
                [{"prediction 1": "Left out."}, {"prediction 1": "It was so. It is."}, {"prediction 1": "Other."}]
                """);
        Files.writeString(folder.resolve("r1_nf_err_subsentence_450.jsonl"), """
                {"id": "0", "text": ["answer:", "</s>", "Left", "</s>", "out."]}
                {"id": "1", "text": ["question:", "Is", "it?", "answer:", "</s>", "It", "was", "so.", "</s>", "It", "is."]}
                {"id": "2", "text": ["question:", "Is", "it?", "answer:", "</s>", "Another."]}
                """);
        assertThat(tools.execute("segment-agreement", "--data", folder.toString(), "--from", "1"))
                .isZero();
        assertThat(output.toString().lines())
                .containsExactly(
                        "precision 1.0000 (1 of 1 starts)", "recall 1.0000 (1 of 1 starts)", "skipped 1 of 2 records");
    }
}
