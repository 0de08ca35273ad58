package dev.winnow.ppo.reward;

import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.ScoreRequest;
import dev.winnow.v1.ScoreResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The samples of one batch, and what became of them so far. Not thread-safe: one try follows the other. */
final class BatchInFlight {
    private final List<Sample> samples;

    /** Final answers, by the index of their sample. */
    private final SortedMap<Integer, SampleResult> results = new TreeMap<>();

    BatchInFlight(List<Sample> samples) {
        this.samples = samples;
    }

    /**
     * Sends the samples that have no final answer yet, and keeps the answers.
     *
     * @return the results, where all are there
     * @throws StatusRuntimeException where the call fails, or samples may be sent again: of their errors the one that asks
     *     for the longest delay
     */
    List<SampleResult> send(Function<ScoreRequest, ScoreResponse> call, ScoreRequest withoutSamples) {
        List<Integer> open = open();
        ScoreRequest request = withoutSamples.toBuilder()
                .addAllSamples(open.stream().map(samples::get).toList())
                .build();
        List<SampleResult> answers = call.apply(request).getResultsList();
        if (answers.size() != open.size()) {
            String message = "results in the server's answer: %d (expected: %d)".formatted(answers.size(), open.size());
            throw Status.INTERNAL.withDescription(message).asRuntimeException();
        }
        int longestDelay = -1;
        StatusRuntimeException passing = null;
        for (int i = 0; i < open.size(); i++) {
            Sample sample = samples.get(open.get(i));
            SampleResult answer = answers.get(i);
            StatusRuntimeException error = Results.passing(sample, answer);
            if (error == null) {
                results.put(open.get(i), Results.answered(sample, answer, request.getRewardsCount()));
            } else if (answer.getError().getRetryAfterMs() > longestDelay) {
                longestDelay = answer.getError().getRetryAfterMs();
                passing = error;
            }
        }
        if (passing != null) {
            throw passing;
        }
        return List.copyOf(results.values());
    }

    /** Returns one result a sample, with the failure for those without a final answer. */
    List<SampleResult> results(StatusRuntimeException failure) {
        open().forEach(index -> results.put(index, Results.failed(samples.get(index), failure)));
        return List.copyOf(results.values());
    }

    private List<Integer> open() {
        return IntStream.range(0, samples.size())
                .filter(index -> !results.containsKey(index))
                .boxed()
                .toList();
    }
}
