package dev.winnow.service.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.Span;
import dev.winnow.service.domain.Text;
import dev.winnow.service.segment.Segmenter;
import dev.winnow.v1.Sample;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
    private static final Path STANDARD_STREAM = Path.of("-");

    @Spec
    private CommandSpec spec;

    @Option(names = "--density", required = true, description = "TOKEN, SUB_SENTENCE, SENTENCE or SEQUENCE.")
    private Density density;

    @Option(names = "--in", defaultValue = "-", description = "File to read; - is standard input (default).")
    private Path in;

    @Option(names = "--out", defaultValue = "-", description = "File to write; - is standard output (default).")
    private Path out;

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
        try (BufferedReader reader = reader();
                BufferedWriter writer = writer()) {
            segment(reader, writer);
        }
        return CommandLine.ExitCode.OK;
    }

    private void segment(BufferedReader reader, BufferedWriter writer) throws IOException {
        ObjectMapper json = new ObjectMapper();
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            writer.write(json.writeValueAsString(Segments.of(parse(line, number), density)));
            writer.write('\n');
        }
    }

    private Sample parse(String line, int number) throws IOException {
        Sample.Builder sample = Sample.newBuilder();
        try {
            JsonFormat.parser().merge(line, sample);
        } catch (InvalidProtocolBufferException malformed) {
            throw new IOException(
                    "line %d of %s is not a winnow.v1.Sample: %s".formatted(number, in, malformed.getMessage()),
                    malformed);
        }
        return sample.build();
    }

    /** Both readers refuse what is not UTF-8. */
    private BufferedReader reader() throws IOException {
        return in.equals(STANDARD_STREAM)
                ? new BufferedReader(new InputStreamReader(System.in, UTF_8.newDecoder()))
                : Files.newBufferedReader(in);
    }

    /** Not {@code System.out}, which would hide that a disk is full or a pipe closed. */
    private BufferedWriter writer() throws IOException {
        return out.equals(STANDARD_STREAM)
                ? new BufferedWriter(new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), UTF_8))
                : Files.newBufferedWriter(out);
    }
}
