package dev.winnow.service.align;

import static dev.winnow.service.domain.TestingFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Density;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyTokensTest {
    @Test
    void refusesEndsThatDecrease() {
        assertRefused(List.of(2, 5, 4), 5, "tokens.ends[2]: 4 (expected: at least 5, the end before it)");
    }

    @Test
    void refusesEndsPastTheResponse() {
        assertRefused(
                List.of(2, 6),
                5,
                "tokens.ends[1]: 6 (expected: at most 5, the response's code points; not UTF-16 units or bytes)");
    }

    @Test
    void readsEndsAsUnsigned() {
        assertRefused(
                List.of(-1),
                5,
                "tokens.ends[0]: 4294967295 (expected: at most 5, the response's code points; not UTF-16 units or bytes)");
    }

    @Test
    void refusesEndsThatStopBeforeTheResponse() {
        assertRefused(List.of(2, 4), 5, "tokens.ends: last is 4 (expected: 5, the response's code points)");
    }

    @Test
    void refusesNoTokensForAResponseWithText() {
        assertRefused(List.of(), 5, "tokens.ends: last is 0 (expected: 5, the response's code points)");
    }

    @Test
    void acceptsTokensWithoutWidth() {
        assertThat(PolicyTokens.of(List.of(0, 0, 3, 3, 5, 5), 5).size()).isEqualTo(6);
    }

    @Test
    void placesAtTheFirstTokenWhoseEndIsAtOrPastTheSegmentsEnd() {
        PolicyTokens tokens = PolicyTokens.of(List.of(2, 4, 4, 7, 9), 9);
        assertThat(tokens.place(Density.SENTENCE, List.of(new Span(0, 4), new Span(4, 5), new Span(6, 9))))
                .containsExactly(1, 3, 4);
    }

    @Test
    void segmentsThatEndInsideOneTokenShareIt() {
        PolicyTokens tokens = PolicyTokens.of(List.of(1, 8, 9), 9);
        assertThat(tokens.place(Density.TOKEN, List.of(new Span(0, 2), new Span(3, 5), new Span(5, 8))))
                .containsExactly(1, 1, 1);
    }

    @Test
    void sequenceIsPlacedAtTheLastTokenEvenIfItHasNoWidth() {
        List<Span> whole = List.of(new Span(0, 9));
        assertThat(PolicyTokens.of(List.of(4, 9, 9, 9), 9).place(Density.SEQUENCE, whole))
                .containsExactly(3);
        assertThat(PolicyTokens.of(List.of(4, 9, 9, 9), 9).place(Density.SENTENCE, whole))
                .containsExactly(1);
    }

    @Test
    void sequenceOfAnEmptyResponseIsPlacedAtItsEndOfText() {
        assertThat(PolicyTokens.of(List.of(0), 0).place(Density.SEQUENCE, List.of(new Span(0, 0))))
                .containsExactly(0);
    }

    @Test
    void emptyResponseWithoutTokensHasNoPlaceForAValue() {
        PolicyTokens none = PolicyTokens.of(List.of(), 0);
        assertThat(none.size()).isZero();
        assertThat(none.place(Density.SENTENCE, List.of())).isEmpty();
        assertThat(failureOf(() -> none.place(Density.SEQUENCE, List.of(new Span(0, 0)))))
                .isEqualTo(new Failure.InvalidArgument(
                        "tokens.ends: empty (expected: at least one token to place a SEQUENCE reward at)"));
    }

    private static void assertRefused(List<Integer> ends, int length, String message) {
        assertThat(failureOf(() -> PolicyTokens.of(ends, length))).isEqualTo(new Failure.InvalidArgument(message));
    }
}
