package dev.winnow.loadtest.text;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.winnow.v1.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Samples of a file, in its order and from its start again after the last. */
public final class FileSamples implements Samples {
    private final List<Sample> samples;
    private int next;

    private FileSamples(List<Sample> samples) {
        this.samples = samples;
    }

    /**
     * Reads a file: {@code .jsonl} has a {@code winnow.v1.Sample} a line, any other a response a line.
     *
     * @throws IOException where it cannot be read or has no line, naming the line that is wrong
     */
    public static FileSamples read(Path file) throws IOException {
        boolean isJson = file.toString().endsWith(".jsonl");
        List<Sample> samples = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            Sample.Builder sample = Sample.newBuilder().setResponse(line);
            if (isJson) {
                try {
                    JsonFormat.parser().merge(line, sample.clear());
                } catch (InvalidProtocolBufferException e) {
                    throw new IOException(
                            "%s: line %d: %s (expected: a winnow.v1.Sample)"
                                    .formatted(file, samples.size() + 1, e.getMessage()),
                            e);
                }
            }
            samples.add(sample.build());
        }
        if (samples.isEmpty()) {
            throw new IOException("%s: no line (expected: >= 1)".formatted(file));
        }
        return new FileSamples(samples);
    }

    @Override
    public Sample next() {
        Sample sample = samples.get(next);
        next = (next + 1) % samples.size();
        return sample;
    }
}
