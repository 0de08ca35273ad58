package dev.winnow.service.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TokenBudgetTest {
    /** Numbered in the order of arrival. */
    record Row(int number, int width) implements QueuedRow {}

    @Example
    void takesTheNearestLengthsAndTheShorterOfTwoAsNear() {
        // 5 rows of 11 are 55 tokens; a sixth would make 66.
        assertThat(widths(batch(60, 10, 3, 9, 40, 11, 12, 8, 10))).containsExactly(10, 10, 9, 11, 8);
    }

    @Example
    void headWiderThanTheBudgetRunsAlone() {
        assertThat(widths(batch(8, 9, 1, 9))).containsExactly(9);
    }

    @Example
    void longerRowThatDoesNotFitLeavesRoomForShorterOnes() {
        assertThat(widths(batch(20, 5, 19, 1, 2))).containsExactly(5, 2, 1);
    }

    @Example
    void refusesABudgetWithoutTokens() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenBudget(0))
                .withMessage("tokens: 0 (expected: >= 1)");
    }

    @Property
    void keepsTheBudgetTheHeadAndTheOrderAmongEquals(
            @ForAll @IntRange(min = 1, max = 600) int budget,
            @ForAll @IntRange(min = 1, max = 64) int head,
            @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 64) Integer> others) {
        List<Row> batch =
                batch(budget, head, others.stream().mapToInt(width -> width).toArray());
        int widest = widths(batch).stream().max(Integer::compare).orElseThrow();
        assertThat(batch.getFirst()).isEqualTo(new Row(0, head));
        assertThat(batch).doesNotHaveDuplicates();
        assertThat(batch.size() == 1 || batch.size() * widest <= budget).isTrue();
        for (int width : others) {
            List<Row> same =
                    batch.stream().skip(1).filter(row -> row.width() == width).toList();
            assertThat(same).isSortedAccordingTo((left, right) -> Integer.compare(left.number(), right.number()));
            long earlier =
                    same.isEmpty() ? 0 : countUpTo(others, width, same.getLast().number());
            assertThat(same).as("none of width %d was passed over", width).hasSize((int) earlier);
        }
    }

    private static long countUpTo(List<Integer> others, int width, int number) {
        return others.stream().limit(number).filter(other -> other == width).count();
    }

    private static List<Row> batch(int budget, int head, int... others) {
        TreeMap<Integer, Collection<Row>> byWidth = new TreeMap<>();
        for (int index = 0; index < others.length; index++) {
            byWidth.computeIfAbsent(others[index], _ -> new ArrayList<>()).add(new Row(index + 1, others[index]));
        }
        return new TokenBudget(budget).batch(new Row(0, head), byWidth);
    }

    private static List<Integer> widths(List<Row> rows) {
        return rows.stream().map(Row::width).toList();
    }
}
