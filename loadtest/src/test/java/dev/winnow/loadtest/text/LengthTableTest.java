package dev.winnow.loadtest.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthTableTest {
    private static final LengthTable TABLE = new LengthTable(new double[] {0, 0.5, 1}, new double[] {2, 10, 30});

    @ParameterizedTest
    @CsvSource({"0, 2", "0.25, 6", "0.5, 10", "0.75, 20", "0.99, 30", "1, 30"})
    void tellsLengthsBetweenTwoRowsInProportion(double probability, int words) {
        assertThat(TABLE.words(probability)).isEqualTo(words);
    }

    @Property
    void lengthsRiseWithTheProbability(
            @ForAll @DoubleRange(max = 1) double one, @ForAll @DoubleRange(max = 1) double other) {
        assertThat(TABLE.words(Math.min(one, other))).isLessThanOrEqualTo(TABLE.words(Math.max(one, other)));
    }

    @Test
    void refusesWhatIsNoTableAndNoProbability() {
        double[] probabilities = {0, 1};
        assertThatIllegalArgumentException().isThrownBy(() -> new LengthTable(probabilities, new double[] {2, 1}));
        assertThatIllegalArgumentException().isThrownBy(() -> new LengthTable(probabilities, new double[] {0, 1}));
        assertThatIllegalArgumentException().isThrownBy(() -> new LengthTable(probabilities, new double[] {1}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LengthTable(new double[] {0, 0.5}, new double[] {1, 2}));
        assertThatIllegalArgumentException().isThrownBy(() -> TABLE.words(1.1)).withMessageContaining("0 to 1");
        assertThatIllegalArgumentException().isThrownBy(() -> TABLE.words(-0.1));
    }

    /** The medians in the committed table. */
    @ParameterizedTest
    @CsvSource({"train_1k, 69", "toxic_spans, 24"})
    void drawnTextsAreAsLongAsThoseOfTheCollection(String column, int median) throws IOException {
        LengthTable table = LengthTable.read(column);
        SplittableRandom random = new SplittableRandom(3);
        int[] drawn = IntStream.range(0, 10_001)
                .map(draw -> table.words(random.nextDouble()))
                .sorted()
                .toArray();

        assertThat(table.words(0.5)).isEqualTo(median);
        assertThat(drawn[5000]).isBetween(median - 2, median + 2);
    }
}
