package dev.winnow.service.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
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
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The options of a command that turns each sample of a file into a line of JSON, and the way through the file. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields.
final class SampleLines {
    private static final Path STANDARD_STREAM = Path.of("-");

    @Option(names = "--in", defaultValue = "-", description = "File to read; - is standard input (default).")
    private Path in;

    @Option(names = "--out", defaultValue = "-", description = "File to write; - is standard output (default).")
    private Path out;

    /** Writes for each line, a {@code winnow.v1.Sample} in proto3 JSON, what the function makes of it, in order. */
    void map(Function<Sample, ?> function) throws IOException {
        ObjectMapper json = new ObjectMapper();
        try (BufferedReader reader = reader();
                BufferedWriter writer = writer()) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                writer.write(json.writeValueAsString(function.apply(parse(line, number))));
                writer.write('\n');
            }
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
