package dev.winnow.ppo.ppo;

import dev.winnow.ppo.policy.TokenBatch;
import dev.winnow.ppo.policy.WithheldTokens;
import dev.winnow.ppo.rollout.Rollout;
import dev.winnow.ppo.tensor.ComputeDevice;
import dev.winnow.ppo.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Responses behind their prompts, as models read them, and their tokens packed row after row as {@link TokenRows} has
 * them. The last token of a response is left out of what is read: nothing is asked behind it. Immutable.
 */
public final class ResponseBatch {
    /** A logit. That of infinity times its probability would be no number in an entropy. */
    private static final double AS_GOOD_AS_IMPOSSIBLE = -1e30;

    private final TokenBatch read;
    private final long[] tokens;
    /** For each token, where in the rectangle the model stands when it is to come. */
    private final long[] places;

    private final WithheldTokens withheld;
    /** For each token, whether it could not be one of those. */
    private final boolean[] withholding;

    private ResponseBatch(
            TokenBatch read, long[] tokens, long[] places, WithheldTokens withheld, boolean[] withholding) {
        this.read = read;
        this.tokens = tokens;
        this.places = places;
        this.withheld = withheld;
        this.withholding = withholding;
    }

    /** Lays out responses that were generated with the same settings. */
    static ResponseBatch of(List<Rollout> rollouts) {
        return of(
                rollouts.stream().map(rollout -> rollout.prompt().tokens()).toList(),
                rollouts.stream().map(rollout -> rollout.generation().tokens()).toList(),
                rollouts.getFirst().generation().withheld());
    }

    /**
     * Lays responses out behind their prompts, of which any token might have been any other.
     *
     * @param prompts of at least one token each
     * @param responses one for each prompt, of at least one token
     */
    public static ResponseBatch of(List<long[]> prompts, List<long[]> responses) {
        return of(prompts, responses, WithheldTokens.NONE);
    }

    private static ResponseBatch of(List<long[]> prompts, List<long[]> responses, WithheldTokens withheld) {
        List<long[]> texts = new ArrayList<>(prompts.size());
        for (int row = 0; row < prompts.size(); row++) {
            long[] prompt = prompts.get(row);
            long[] response = responses.get(row);
            long[] text = Arrays.copyOf(prompt, prompt.length + response.length - 1);
            System.arraycopy(response, 0, text, prompt.length, response.length - 1);
            texts.add(text);
        }
        TokenBatch read = TokenBatch.rightPadded(texts);
        long[] tokens = responses.stream().flatMapToLong(Arrays::stream).toArray();
        long[] places = new long[tokens.length];
        boolean[] withholding = new boolean[tokens.length];
        int packed = 0;
        for (int row = 0; row < responses.size(); row++) {
            int length = responses.get(row).length;
            for (int token = 0; token < length; token++) {
                withholding[packed] = token < withheld.places();
                places[packed++] = (long) row * read.width() + texts.get(row).length - length + token;
            }
        }
        return new ResponseBatch(read, tokens, places, withheld, withholding);
    }

    /** Returns what the models read. */
    public TokenBatch read() {
        return read;
    }

    /** Returns the number of tokens of all responses. */
    public int tokens() {
        return tokens.length;
    }

    /** Returns the ids of the tokens, {@code [tokens, 1]}. */
    Tensor ids(ComputeDevice device) {
        return Tensors.of(tokens, device, tokens.length, 1);
    }

    /** Returns what a model has where each token is to come, {@code [tokens, ...]} of {@code [rows, width, ...]}. */
    Tensor beforeTokens(Tensor columns, ComputeDevice device) {
        return columns.flatten(0, 1).index_select(0, Tensors.of(places, device, places.length));
    }

    /** Takes the probability of tokens that were withheld away in logits {@code [tokens, vocabulary]}, which it changes. */
    Tensor withoutWithheld(Tensor logits, ComputeDevice device) {
        if (withheld.places() == 0 || withheld.ids().isEmpty()) {
            return logits;
        }
        long[] columns = withheld.ids().stream().mapToLong(Integer::longValue).toArray();
        Tensor ids = Tensors.of(columns, device, columns.length);
        Tensor rows = Tensors.of(withholding, device, withholding.length, 1);
        return logits.index_copy_(
                1, ids, logits.index_select(1, ids).masked_fill(rows, new Scalar(AS_GOOD_AS_IMPOSSIBLE)));
    }
}
