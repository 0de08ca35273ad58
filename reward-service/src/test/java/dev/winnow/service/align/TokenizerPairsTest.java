package dev.winnow.service.align;

import static dev.winnow.service.align.TestingReward.IDENTITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.winnow.service.align.TestingPolicy.Decoded;
import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.Span;
import dev.winnow.service.domain.Text;
import dev.winnow.service.input.LaidOutInput;
import dev.winnow.service.model.Link;
import dev.winnow.service.model.Logits;
import dev.winnow.service.model.Pooling;
import dev.winnow.service.model.RewardSpecification;
import dev.winnow.service.segment.Segmenter;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any policy's tokenizer with any reward model's, over several scripts, and over generation that stops anywhere. */
class TokenizerPairsTest {
    record Case(
            TestingPolicy policy, TestingPolicy rewardModel, Density density, String text, int kept, boolean ended) {
        Decoded decoded() {
            List<Integer> ids = policy.tokenizer().tokenize(text).ids();
            Decoded said = policy.decode(ids.subList(0, Math.min(kept, ids.size())));
            List<Integer> ends = new ArrayList<>(said.ends());
            if (ended || ends.isEmpty()) {
                ends.add(ends.isEmpty() ? 0 : ends.getLast());
            }
            return new Decoded(said.response(), ends);
        }

        SegmentValues values(Text response) {
            LaidOutInput input = TestingReward.input(
                    rewardModel.tokenizer().tokenize(response.toString()).spans());
            RewardSpecification reward = TestingReward.of(
                    density, Link.LINEAR, density == Density.SEQUENCE ? Pooling.LAST_TOKEN : Pooling.MEAN, 0, IDENTITY);
            return SegmentReader.read(
                    reward,
                    density,
                    Segmenter.segments(response, density),
                    input,
                    logits(input.row().width()));
        }
    }

    @Property(tries = 600)
    void everyValueIsPlacedOnceInOrderAtTheFirstTokenThatReachesItsEnd(@ForAll("cases") Case one) {
        Decoded decoded = one.decoded();
        Text response = Text.of(decoded.response());
        List<Span> segments = one.values(response).segments();
        List<Integer> placements =
                PolicyTokens.of(decoded.ends(), response.length()).place(one.density(), segments);
        assertThat(placements).hasSameSizeAs(segments).isSorted();
        for (int index = 0; index < segments.size(); index++) {
            int token = placements.get(index);
            assertThat(decoded.ends().get(token))
                    .isGreaterThanOrEqualTo(segments.get(index).end());
            if (one.density() == Density.SEQUENCE) {
                assertThat(token).isEqualTo(decoded.ends().size() - 1);
            } else if (token > 0) {
                assertThat(decoded.ends().get(token - 1))
                        .isLessThan(segments.get(index).end());
            }
        }
    }

    @Property(tries = 600)
    void sumOverTheTokensIsTheSumOfTheValues(@ForAll("cases") Case one) {
        Decoded decoded = one.decoded();
        Text response = Text.of(decoded.response());
        SegmentValues values = one.values(response);
        PolicyTokens tokens = PolicyTokens.of(decoded.ends(), response.length());
        CombinedReward combined = new CombinedReward(tokens.size());
        combined.add(1, values.values(), tokens.place(one.density(), values.segments()));
        assertThat(combined.perToken()).hasSameSizeAs(decoded.ends());
        assertThat(sum(combined.perToken())).isCloseTo(sum(values.values()), within(1e-3));
    }

    @Property(tries = 300)
    void everyVisibleWordIsRead(@ForAll("cases") Case one) {
        Text response = Text.of(one.decoded().response());
        Case words = new Case(one.policy(), one.rewardModel(), Density.TOKEN, one.text(), one.kept(), one.ended());
        assertThat(words.values(response).segments()).isEqualTo(Segmenter.segments(response, Density.TOKEN));
    }

    @Provide
    Arbitrary<Case> cases() {
        return Combinators.combine(
                        Arbitraries.of(TestingPolicy.WORD_PIECE, TestingPolicy.BYTE_LEVEL_BPE),
                        Arbitraries.of(TestingPolicy.WORD_PIECE, TestingPolicy.BYTE_LEVEL_BPE),
                        Arbitraries.of(Density.TOKEN, Density.SUB_SENTENCE, Density.SENTENCE, Density.SEQUENCE),
                        texts(),
                        Arbitraries.integers().between(0, 120),
                        Arbitraries.of(true, false))
                .as(Case::new);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.of(
                        "the good line",
                        "Tested. ",
                        "naïve",
                        "cafe\u0301",
                        "n\u0303a\u0308",
                        "Корабль вышел",
                        "рано, ",
                        "السفينة",
                        "الجواب؟ ",
                        "किसी को",
                        "नहीं था। ",
                        "船在黎明时出发",
                        "。",
                        "ไม่มีใครรู้",
                        "🎉",
                        "👨‍👩‍👧‍👦",
                        "🇫🇷🇯🇵",
                        "👍🏽",
                        "𝒳",
                        " ",
                        "  ",
                        "\n",
                        "! ",
                        "1,000",
                        "-",
                        "\u00A0",
                        "\u3000")
                .list()
                .ofMaxSize(14)
                .map(parts -> String.join("", parts));
    }

    /** A different logit for each token, of both signs. */
    private static Logits logits(int width) {
        float[] values = new float[width];
        for (int token = 0; token < width; token++) {
            values[token] = (token % 7 - 3) * 0.5f + token * 0.01f;
        }
        return TestingReward.logits(1, values);
    }

    private static double sum(List<Float> values) {
        return values.stream().mapToDouble(Float::doubleValue).sum();
    }
}
