package dev.winnow.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentAgreementTest {
    private static final String ANSWER =
            "The old mill burned down in May, and the owner, J. Oak, built it again. It stands  to this day.";

    private static List<String> words(String separated) {
        return List.of(separated.split(" "));
    }

    @Test
    void countsStartsAfterTheFirst() {
        assertThat(SegmentAgreement.of(
                        ANSWER,
                        words("</s> The old mill burned down in May, </s> and the owner, J. Oak, built it again."
                                + " </s> It stands to this day.")))
                .contains(new SegmentAgreement(2, 2, 2));
    }

    @Test
    void countsWhatOnlyOneSideHas() {
        assertThat(SegmentAgreement.of(
                        ANSWER,
                        words("</s> The old mill burned down in May, and the owner, J. </s> Oak, built </s> it again."
                                + " </s> It stands to this day.")))
                .contains(new SegmentAgreement(1, 2, 3));
    }

    @Test
    void otherWordsCannotBeCompared() {
        assertThat(SegmentAgreement.of(ANSWER, words("</s> The new mill burned down.")))
                .isEmpty();
    }

    @Test
    void precisionAndRecallOfASum() {
        SegmentAgreement sum = new SegmentAgreement(1, 2, 3).plus(new SegmentAgreement(2, 2, 2));
        assertThat(sum.precision()).isEqualTo(0.75);
        assertThat(sum.recall()).isEqualTo(0.6);
        assertThat(SegmentAgreement.NONE.precision()).isEqualTo(1);
        assertThat(SegmentAgreement.NONE.recall()).isEqualTo(1);
    }
}
