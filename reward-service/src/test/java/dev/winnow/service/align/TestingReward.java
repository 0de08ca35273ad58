package dev.winnow.service.align;

import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.Span;
import dev.winnow.service.input.LaidOutInput;
import dev.winnow.service.model.Link;
import dev.winnow.service.model.Logits;
import dev.winnow.service.model.Normalisation;
import dev.winnow.service.model.Pooling;
import dev.winnow.service.model.ReadOut;
import dev.winnow.service.model.RewardSpecification;
import dev.winnow.service.model.TokenRow;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reward specifications, inputs and logits with few parts. */
final class TestingReward {
    static final Normalisation IDENTITY = new Normalisation(0, 1, 1, 0);

    private TestingReward() {}

    static RewardSpecification of(Density density, Link link, Pooling pooling, int label, Normalisation normalisation) {
        return new RewardSpecification(
                "quality",
                "for tests",
                "response",
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                link,
                normalisation,
                density,
                Map.of(density, new ReadOut("logits", label, pooling, Optional.empty())));
    }

    /** A row of one special token, the response's tokens with these spans, and one more special token. */
    static LaidOutInput input(List<Span> spans) {
        List<Integer> zeros = Collections.nCopies(spans.size() + 2, 0);
        return new LaidOutInput(new TokenRow(zeros, zeros), 1, spans, false);
    }

    static Logits logits(int labels, float... values) {
        return new Logits(Map.of("logits", new Logits.Output(values, labels)));
    }
}
