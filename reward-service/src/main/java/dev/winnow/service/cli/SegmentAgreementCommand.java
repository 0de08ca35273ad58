package dev.winnow.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Measures the sub-sentences against those that the feedback of arXiv 2306.01693 was turned into labels with. The answers
 * are those of allenai/FineGrainedRLHF, the reference's words and starts those of EIT-NLP/AccuracyParadox-RLHF.
 */
@Command(
        name = "segment-agreement",
        description = "Prints how far the sub-sentences agree with those of the fine-grained feedback on QA answers.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields.
final class SegmentAgreementCommand implements Callable<Integer> {
    private static final String ANSWERS = "feedback_450.json";
    private static final String REFERENCE = "r1_nf_err_subsentence_450.jsonl";

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, description = "Folder with " + ANSWERS + " and " + REFERENCE + ".")
    private Path data;

    @Option(names = "--from", defaultValue = "0", description = "First record, counted from 0 (${DEFAULT-VALUE}).")
    private int from;

    @Option(names = "--to", defaultValue = "450", description = "Record to stop before (${DEFAULT-VALUE}).")
    private int to;

    @Override
    public Integer call() throws IOException {
        if (from < 0 || to <= from) {
            throw new ParameterException(
                    spec.commandLine(), "records: %d to %d (expected: 0 <= from < to)".formatted(from, to));
        }
        ObjectMapper json = new ObjectMapper();
        JsonNode answers = json.readTree(Files.readString(data.resolve(ANSWERS)));
        SegmentAgreement total = SegmentAgreement.NONE;
        int skipped = 0;
        List<String> records = Files.readAllLines(data.resolve(REFERENCE)).stream()
                .limit(to)
                .skip(from)
                .toList();
        for (String line : records) {
            JsonNode record = json.readTree(line);
            String answer = answers.required(record.required("id").asInt())
                    .required("prediction 1")
                    .asText();
            Optional<SegmentAgreement> agreement = SegmentAgreement.of(answer, reference(record));
            total = agreement.map(total::plus).orElse(total);
            skipped += agreement.isEmpty() ? 1 : 0;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "precision %.4f (%d of %d starts)%nrecall %.4f (%d of %d starts)%nskipped %d of %d records%n",
                total.precision(),
                total.agreed(),
                total.ours(),
                total.recall(),
                total.agreed(),
                total.theirs(),
                skipped,
                records.size());
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    /** The words behind the question; they begin with a separator. */
    private static List<String> reference(JsonNode record) {
        List<String> words = StreamSupport.stream(record.required("text").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return words.subList(words.indexOf("answer:") + 1, words.size());
    }
}
