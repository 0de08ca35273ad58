package dev.winnow.ppo.policy;

import dev.winnow.ppo.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Writes responses to batches of prompts. A response depends on its prompt, its seed and the weights, not on the
 * prompts beside it, but for rounding. Not safe for several threads.
 */
public final class Generator {
    private final Policy policy;
    private final Set<Integer> endTokens;

    /**
     * Makes a generator.
     *
     * @param endTokens a response ends with the first of these; may be empty
     */
    public Generator(Policy policy, Set<Integer> endTokens) {
        this.policy = policy;
        this.endTokens = endTokens;
    }

    /**
     * Writes one response to each prompt, in the same order.
     *
     * @param prompts at least one, each of at least one token
     * @param seeds one for each prompt
     * @param length of each response
     * @throws IllegalArgumentException where a prompt with its response may be longer than the model allows
     */
    public List<Generation> generate(List<long[]> prompts, long[] seeds, Sampling sampling, ResponseLength length) {
        if (seeds.length != prompts.size()) {
            throw new IllegalArgumentException(
                    "seeds: %d (expected: %d, one for each prompt)".formatted(seeds.length, prompts.size()));
        }
        TokenBatch batch = TokenBatch.leftPadded(prompts);
        int longest = policy.config().maximumPositions();
        if (batch.width() + length.maximum() > longest) {
            throw new IllegalArgumentException("new tokens: %d (expected: at most %d, behind a prompt of %d)"
                    .formatted(length.maximum(), longest - batch.width(), batch.width()));
        }
        WithheldTokens withheld = new WithheldTokens(endTokens, length.minimum());
        List<Response> responses = IntStream.range(0, prompts.size())
                .mapToObj(row -> new Response(new SplittableRandom(seeds[row]), length.maximum()))
                .toList();
        try (PointerScope _ = new PointerScope();
                NoGradGuard _ = new NoGradGuard();
                KeyValueCache cache = policy.cache(batch.rows(), batch.width() + length.maximum() - 1)) {
            List<Response> rows = responses;
            for (int written = 0; ; written++) {
                long[] drawn = draw(batch, cache, rows, sampling, written >= length.minimum());
                for (int row = 0; row < rows.size(); row++) {
                    rows.get(row).add(drawn[row], endTokens);
                }
                if (rows.stream().allMatch(Response::isDone)) {
                    return responses.stream()
                            .map(response -> response.toGeneration(withheld))
                            .toList();
                }
                rows = dropHalf(rows, cache);
                batch = nextColumn(rows);
            }
        }
    }

    private long[] draw(TokenBatch batch, KeyValueCache cache, List<Response> rows, Sampling sampling, boolean mayEnd) {
        try (PointerScope _ = new PointerScope()) {
            double[] uniforms = rows.stream().mapToDouble(Response::nextUniform).toArray();
            Tensor logits = policy.nextLogits(batch, cache);
            return Sampler.draw(
                    mayEnd ? logits : withoutEnd(logits),
                    sampling,
                    uniforms,
                    policy.weights().device());
        }
    }

    private Tensor withoutEnd(Tensor logits) {
        long[] ids = endTokens.stream().mapToLong(Integer::longValue).toArray();
        Tensor ends = Tensors.of(ids, policy.weights().device(), ids.length);
        return logits.index_fill(-1, ends, new Scalar(Double.NEGATIVE_INFINITY));
    }

    /** Goes on without the rows that are done, once they are half of all: copying the cache costs too. */
    private List<Response> dropHalf(List<Response> rows, KeyValueCache cache) {
        int[] open = IntStream.range(0, rows.size())
                .filter(row -> !rows.get(row).isDone())
                .toArray();
        if (open.length > rows.size() / 2) {
            return rows;
        }
        cache.keepRows(open, policy.weights().device());
        return Arrays.stream(open).mapToObj(rows::get).toList();
    }

    private static TokenBatch nextColumn(List<Response> rows) {
        long[] ids = new long[rows.size()];
        boolean[] real = new boolean[rows.size()];
        for (int row = 0; row < rows.size(); row++) {
            ids[row] = rows.get(row).last();
            real[row] = !rows.get(row).isDone();
        }
        return new TokenBatch(rows.size(), 1, ids, real);
    }

    /** A response while it is written. */
    private static final class Response {
        private final SplittableRandom random;
        private final int maximum;
        private final List<Long> tokens = new ArrayList<>();
        private boolean ended;

        Response(SplittableRandom random, int maximum) {
            this.random = random;
            this.maximum = maximum;
        }

        double nextUniform() {
            return random.nextDouble();
        }

        void add(long token, Set<Integer> endTokens) {
            if (!isDone()) {
                tokens.add(token);
                ended = endTokens.contains((int) token);
            }
        }

        boolean isDone() {
            return ended || tokens.size() == maximum;
        }

        long last() {
            return tokens.getLast();
        }

        Generation toGeneration(WithheldTokens withheld) {
            return new Generation(tokens.stream().mapToLong(Long::longValue).toArray(), ended, withheld);
        }
    }
}
