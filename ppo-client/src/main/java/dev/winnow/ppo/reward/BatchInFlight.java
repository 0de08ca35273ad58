package dev.winnow.ppo.reward;

import dev.winnow.v1.Sample;
import dev.winnow.v1.SampleResult;
import dev.winnow.v1.SampleResult.OutcomeCase;
import dev.winnow.v1.ScoreRequest;
import dev.winnow.v1.ScoreResponse;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The samples of one batch, and what became of them so far. Not thread-safe: one try follows the other. */
final class BatchInFlight {
    /** The pause before a sample is sent again that a draining server sent back. */
    private static final int UNAVAILABLE_RETRY_MILLIS = 200;

    private final List<Sample> samples;

    /** One entry a sample; without an outcome until its first answer. */
    private final List<SampleResult> results;

    BatchInFlight(List<Sample> samples) {
        this.samples = samples;
        this.results = new ArrayList<>(Collections.nCopies(samples.size(), SampleResult.getDefaultInstance()));
    }

    /**
     * Sends the samples that have no final answer yet, and keeps the answers.
     *
     * @return after how many milliseconds the samples that the server was too busy for may be sent again; 0 where there
     *     are none
     */
    int send(Function<ScoreRequest, ScoreResponse> call, ScoreRequest withoutSamples) {
        List<Integer> open = open();
        ScoreRequest request = withoutSamples.toBuilder()
                .addAllSamples(open.stream().map(samples::get).toList())
                .build();
        List<SampleResult> answers = call.apply(request).getResultsList();
        if (answers.size() != open.size()) {
            String message = "results in the server's answer: %d (expected: %d)".formatted(answers.size(), open.size());
            throw Status.INTERNAL.withDescription(message).asRuntimeException();
        }
        int retryAfterMillis = 0;
        for (int i = 0; i < open.size(); i++) {
            Sample sample = samples.get(open.get(i));
            SampleResult result = Results.answered(sample, answers.get(i), request.getRewardsCount());
            results.set(open.get(i), result);
            retryAfterMillis = Math.max(retryAfterMillis, retryAfterMillis(result));
        }
        return retryAfterMillis;
    }

    /** Returns one result a sample, with the failure for those without a final answer. */
    List<SampleResult> results(@Nullable Throwable failure) {
        if (failure != null) {
            open().forEach(index -> results.set(index, Results.failed(samples.get(index), failure)));
        }
        return List.copyOf(results);
    }

    private List<Integer> open() {
        return IntStream.range(0, samples.size()).filter(this::isOpen).boxed().toList();
    }

    private boolean isOpen(int index) {
        SampleResult result = results.get(index);
        return result.getOutcomeCase() == OutcomeCase.OUTCOME_NOT_SET || retryAfterMillis(result) > 0;
    }

    private static int retryAfterMillis(SampleResult result) {
        int asked = Results.retryAfterMillis(result);
        return asked == 0 && Results.isUnavailable(result) ? UNAVAILABLE_RETRY_MILLIS : asked;
    }
}
