package dev.winnow.service.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogitsTest {
    private final Logits logits = new Logits(Map.of("scores", new Logits.Output(new float[] {1, 2, 3, 4, 5, 6}, 3)));

    @Test
    void valuesAreReadRowByRow() {
        Logits.Output output = logits.output("scores");
        assertThat(output.labels()).isEqualTo(3);
        assertThat(output.at(0, 2)).isEqualTo(3);
        assertThat(output.at(1, 0)).isEqualTo(4);
    }

    @Test
    void outputThatIsNotThereIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> logits.output("other"))
                .withMessage("output: other (expected: one of [scores])");
    }

    @Test
    void rowNeedsATypeForEachId() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenRow(List.of(1, 2), List.of(0)))
                .withMessage("types: 1 (expected: one for each of 2 ids)");
    }

    @Test
    void rowKeepsItsOwnCopy() {
        List<Integer> ids = new ArrayList<>(List.of(1, 2));
        TokenRow row = new TokenRow(ids, List.of(0, 0));
        ids.clear();
        assertThat(row.width()).isEqualTo(2);
        assertThat(row).isEqualTo(new TokenRow(List.of(1, 2), List.of(0, 0)));
    }
}
