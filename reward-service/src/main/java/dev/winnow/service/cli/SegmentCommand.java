package dev.winnow.service.cli;

import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.Span;
import dev.winnow.service.domain.Text;
import dev.winnow.service.segment.Segmenter;
import dev.winnow.v1.Sample;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Cuts the responses of a file into the segments that the service would reward, for training code to label. */
@Command(
        name = "segment",
        description = {
            "Cuts responses into segments, exactly as the service does.",
            "In: a winnow.v1.Sample a line, in proto3 JSON. Out: {\"id\",\"starts\",\"ends\"} a line, in the same order,"
                    + " in code points of the response."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields.
final class SegmentCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--density", required = true, description = "TOKEN, SUB_SENTENCE, SENTENCE or SEQUENCE.")
    private Density density;

    @Mixin
    private SampleLines lines;

    private record Segments(String id, List<Integer> starts, List<Integer> ends) {
        static Segments of(Sample sample, Density density) {
            List<Span> spans = Segmenter.segments(Text.of(sample.getResponse()), density);
            return new Segments(
                    sample.getId(),
                    spans.stream().map(Span::start).toList(),
                    spans.stream().map(Span::end).toList());
        }
    }

    @Override
    public Integer call() throws IOException {
        if (density == Density.STEP) {
            throw new ParameterException(
                    spec.commandLine(), "--density: STEP (expected: another; the caller of the service gives steps)");
        }
        lines.map(sample -> Segments.of(sample, density));
        return CommandLine.ExitCode.OK;
    }
}
