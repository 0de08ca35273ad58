package dev.winnow.service.cli;

import dev.winnow.service.domain.Text;
import dev.winnow.service.input.NearestSentences;
import dev.winnow.v1.Sample;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Ranks the sentences of each sample's passages as the service would, for training code to lay out the same context. */
@Command(
        name = "nearest",
        description = {
            "Ranks the sentences of the context by how near they are to the response, exactly as the service does.",
            "In: a winnow.v1.Sample a line, in proto3 JSON. Out: {\"id\",\"sentences\"} a line, in the same order. A"
                    + " sentence is {\"passage\",\"start\",\"end\",\"score\",\"rank\"}, nearest first, in code points of"
                    + " the passage; its rank is null where it shares no word with the response."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields.
final class NearestCommand implements Callable<Integer> {
    @Mixin
    private SampleLines lines;

    private record Ranked(String id, List<Sentence> sentences) {
        static Ranked of(Sample sample) {
            List<Text> passages = sample.getContextList().stream().map(Text::of).toList();
            return new Ranked(
                    sample.getId(),
                    NearestSentences.rank(passages, Text.of(sample.getResponse())).stream()
                            .map(Sentence::of)
                            .toList());
        }
    }

    private record Sentence(
            int passage,
            int start,
            int end,
            double score,
            @Nullable Integer rank) {
        static Sentence of(NearestSentences.Sentence sentence) {
            return new Sentence(
                    sentence.passage(),
                    sentence.span().start(),
                    sentence.span().end(),
                    sentence.score(),
                    sentence.rank().isPresent() ? sentence.rank().getAsInt() : null);
        }
    }

    @Override
    public Integer call() throws IOException {
        lines.map(Ranked::of);
        return CommandLine.ExitCode.OK;
    }
}
