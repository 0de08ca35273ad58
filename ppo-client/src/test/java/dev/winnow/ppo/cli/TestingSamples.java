package dev.winnow.ppo.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.winnow.v1.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the tests of the packaged service have scored. */
final class TestingSamples {
    private TestingSamples() {}

    /** Samples of several lengths with one token a character. */
    static List<String> lines(int count) {
        List<String> lines = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            String response = "You are a fool, sample " + index + ". " + "Thank you very much. ".repeat(index % 20);
            String ends = String.join(
                    ",",
                    IntStream.rangeClosed(1, response.length())
                            .mapToObj(String::valueOf)
                            .toList());
            lines.add("{\"id\": \"sample-%d\", \"response\": \"%s\", \"tokens\": {\"ends\": [%s]}}"
                    .formatted(index, response, ends));
        }
        return lines;
    }

    /** The same, parsed. */
    static List<Sample> samples(int count) {
        return lines(count).stream().map(TestingSamples::sample).toList();
    }

    private static Sample sample(String line) {
        Sample.Builder sample = Sample.newBuilder();
        try {
            JsonFormat.parser().merge(line, sample);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not a Sample: " + line, e);
        }
        return sample.build();
    }
}
