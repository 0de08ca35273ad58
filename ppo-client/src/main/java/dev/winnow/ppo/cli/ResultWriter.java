package dev.winnow.ppo.cli;

import com.google.protobuf.util.JsonFormat;
import dev.winnow.v1.Error;
import dev.winnow.v1.SampleResult;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** Writes results as proto3 JSON, one a line, and keeps count of errors. Not thread-safe. */
final class ResultWriter {
    private static final int ERRORS_TOLD = 5;

    /** Names as in the .proto. Empty lists and zeros are written, so that readers need not know of defaults. */
    private static final JsonFormat.Printer JSON = JsonFormat.printer()
            .preservingProtoFieldNames()
            .alwaysPrintFieldsWithNoPresence()
            .omittingInsignificantWhitespace();

    private final Writer output;
    private final List<String> firstErrors = new ArrayList<>();
    private long written;
    private long errors;

    /** Creates a writer; the output should be buffered and stays the caller's. */
    ResultWriter(Writer output) {
        this.output = output;
    }

    void write(List<SampleResult> results) throws IOException {
        for (SampleResult result : results) {
            JSON.appendTo(result, output);
            output.write('\n');
            written++;
            if (result.hasError()) {
                count(result);
            }
        }
    }

    void flush() throws IOException {
        output.flush();
    }

    /** Returns how many results are errors. */
    long errors() {
        return errors;
    }

    /** Returns what to tell a person: how many samples have no rewards and why the first of them have none. */
    List<String> summary() {
        List<String> lines = new ArrayList<>();
        lines.add("samples without rewards: %d of %d".formatted(errors, written));
        lines.addAll(firstErrors);
        if (errors > firstErrors.size()) {
            lines.add("  and %d more".formatted(errors - firstErrors.size()));
        }
        return lines;
    }

    private void count(SampleResult result) {
        errors++;
        if (firstErrors.size() < ERRORS_TOLD) {
            Error error = result.getError();
            firstErrors.add("  result %d, id '%s': %s: %s"
                    .formatted(
                            written,
                            Display.visibleLine(result.getId()),
                            error.getCode(),
                            Display.visibleLine(error.getMessage())));
        }
    }
}
