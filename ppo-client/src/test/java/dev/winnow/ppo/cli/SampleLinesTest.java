package dev.winnow.ppo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import dev.winnow.v1.Message;
import dev.winnow.v1.Messages;
import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.Tokens;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleLinesTest {
    @Test
    void readsEveryFieldUnderBothOfItsNames() throws IOException {
        assertThat(good("""
                {"id": "1", "messages": {"messages": [{"role": "user", "content": "\\ud83d\\ude00"}]}, "context": ["c"], \
                "response": "r", "tokens": {"ends": [1, "2", 3.0]}, "segment_ends": [4294967295], "timeoutMs": 5}"""))
                .isEqualTo(Sample.newBuilder()
                        .setId("1")
                        .setMessages(Messages.newBuilder()
                                .addMessages(
                                        Message.newBuilder().setRole("user").setContent("😀")))
                        .addContext("c")
                        .setResponse("r")
                        .setTokens(Tokens.newBuilder().addEnds(1).addEnds(2).addEnds(3))
                        .addSegmentEnds(-1)
                        .setTimeoutMs(5)
                        .build());
    }

    @Test
    void tellsTokensThatAreEmptyFromNone() throws IOException {
        assertThat(good("{\"response\": \"\", \"tokens\": {}}").hasTokens()).isTrue();
        assertThat(good("{\"response\": \"\", \"tokens\": null}").hasTokens()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"response": 5}                  | response: 5 (expected: a string)
            {}                               | response: absent (expected: text, which may be empty)
            {"response": null}               | response: absent (expected: text, which may be empty)
            {"response": "a", "response": 1} | response: twice (expected: once)
            {"tokens": {"ends": 1, "ends": 2}} | tokens.ends: twice (expected: once)
            {"response": true}               | response: true (expected: a string)
            {"response": ["a"]}              | response: ["a"] (expected: a string)
            {"context": "a"}                 | context: "a" (expected: a list)
            {"context": ["a", null]}         | context[1]: null (expected: a string)
            {"tokens": [1]}                  | tokens: [1] (expected: an object)
            {"tokens": {"ends": [1, -1]}}    | tokens.ends[1]: -1 (expected: an integer from 0 to 4294967295)
            {"tokens": {"ends": [1.5]}}      | tokens.ends[0]: 1.5 (expected: an integer from 0 to 4294967295)
            {"segment_ends": [true]}         | segment_ends[0]: true (expected: an integer from 0 to 4294967295)
            {"timeout_ms": 4294967296}       | timeout_ms: 4294967296 (expected: an integer from 0 to 4294967295)
            {"timeout_ms": 1e999999999}      | timeout_ms: 1e999999999 (expected: an integer from 0 to 4294967295)
            {"tokens": {"end": [1]}}         | tokens: unknown field 'end' (expected: ends)
            {"response": "ab\\ud800c"}       | response: lone surrogate \\ud800 after 2 code points (expected: Unicode text)
            {"context": ["\\udc00\\ud800"]}  | context[0]: lone surrogate \\udc00 after 0 code points (expected: Unicode text)
            """)
    void namesTheFieldItsValueAndWhatIsExpected(String line, String message) throws IOException {
        assertThat(bad(line).getError().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(bad(line).getError().getMessage()).isEqualTo("line 1: " + message);
    }

    @Test
    void listsTheFieldsWhereOneIsUnknown() throws IOException {
        assertThat(bad("{\"id\": \"7\", \"respones\": \"r\"}").getError().getMessage())
                .isEqualTo(
                        "line 1: unknown field 'respones' (expected: id, prompt, messages, context, response, tokens,"
                                + " segment_ends, timeout_ms)");
    }

    @Test
    void refusesTwoInputs() throws IOException {
        assertThat(bad("{\"prompt\": \"p\", \"messages\": {}}").getError().getMessage())
                .contains("oneof");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "[]",
                "5",
                "null",
                "{",
                "{} {}",
                "{\"id\": 'a'}",
                "{id: \"a\"}",
                "{} // more",
                "{\"id\": \"a\",}"
            })
    void refusesWhatIsNotOneObject(String line) throws IOException {
        assertThat(bad(line).getError().getMessage()).startsWith("line 1: ").endsWith(" (expected: one JSON object)");
    }

    @Test
    void keepsTheIdOfASampleThatIsWrong() throws IOException {
        assertThat(bad("{\"response\": 5, \"id\": \"7\"}").getId()).isEqualTo("7");
        assertThat(bad("{\"response\": 5, \"id\": 7}").getId()).isEmpty();
        assertThat(bad("{\"id\": \"\\ud800\"}").getId()).isEmpty();
    }

    @Test
    void refusesBytesThatAreNoUtf8() throws IOException {
        byte[] line = "{\"response\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(((SampleLine.Bad) lines(line).getFirst()).error().getError().getMessage())
                .isEqualTo("line 1: bytes that are no characters (expected: UTF-8)");
    }

    @Test
    void skipsALineThatIsTooLong() throws IOException {
        String input = "{\"response\": \"\"}\n" + "x".repeat(1000) + "\n{\"response\": \"b\"}";
        List<SampleLine> lines =
                new SampleLines(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), 17).next(100);

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).isInstanceOf(SampleLine.Good.class);
        assertThat(lines.get(1)).isEqualTo(SampleLine.Bad.of("", "line 2: 1000 bytes (expected: at most 17)"));
        assertThat(lines.get(2)).isInstanceOf(SampleLine.Good.class);
    }

    @Test
    void countsLinesWhateverTheyEndWith() throws IOException {
        List<SampleLine> lines = lines("{}\r\nx\n{}\n\n{}".getBytes(StandardCharsets.UTF_8));

        assertThat(lines).hasSize(5);
        assertThat(((SampleLine.Bad) lines.get(1)).error().getError().getMessage())
                .startsWith("line 2: x ");
        assertThat(((SampleLine.Bad) lines.get(3)).error().getError().getMessage())
                .startsWith("line 4: nothing ");
        assertThat(lines(new byte[0])).isEmpty();
        assertThat(lines("{}\n".getBytes(StandardCharsets.UTF_8))).hasSize(1);
    }

    private static Sample good(String line) throws IOException {
        return ((SampleLine.Good) lines(line.getBytes(StandardCharsets.UTF_8)).getFirst()).sample();
    }

    private static SampleResult bad(String line) throws IOException {
        byte[] withEnd = (line + "\n").getBytes(StandardCharsets.UTF_8);
        return ((SampleLine.Bad) lines(withEnd).getFirst()).error();
    }

    private static List<SampleLine> lines(byte[] input) throws IOException {
        return new SampleLines(new ByteArrayInputStream(input)).next(100);
    }
}
