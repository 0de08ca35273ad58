package dev.winnow.loadtest.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RowQueueTest {
    private static final int LONGEST = 50;

    @Provide
    Arbitrary<List<Row>> rows() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(1, LONGEST))
                .as(RowQueueTest::row)
                .list()
                .ofMaxSize(60);
    }

    @Property
    void everyRowRunsOnceWithinTheBudget(
            @ForAll("rows") List<Row> rows, @ForAll @IntRange(min = 1, max = 200) int budget) {
        RowQueue queue = new RowQueue(budget);
        rows.forEach(queue::add);
        List<Row> ran = new ArrayList<>();
        for (List<Row> batch = queue.poll(); !batch.isEmpty(); batch = queue.poll()) {
            int width = batch.stream().mapToInt(Row::tokens).max().orElseThrow();
            assertThat(batch.size() == 1 || batch.size() * width <= budget)
                    .as("%d rows as wide as %d", batch.size(), width)
                    .isTrue();
            ran.addAll(batch);
        }
        assertThat(ran).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Property
    void rowsOfOneCallerThatRunAloneKeepTheirOrder(@ForAll("rows") List<Row> rows) {
        List<Row> own = rows.stream().filter(row -> row.sample.caller == 0).toList();
        RowQueue queue = new RowQueue(1);
        own.forEach(queue::add);

        assertThat(own).allSatisfy(row -> assertThat(queue.poll()).containsExactly(row));
    }

    /** Goyal, Vin and Cheng 1996, theorem 1: two callers who both wait differ by a longest row each at most. */
    @Property
    void callersWhoWaitGetEqualTokens(@ForAll("rows") List<Row> rows) {
        RowQueue queue = new RowQueue(1);
        rows.forEach(queue::add);
        long[] served = new long[4];
        List<Row> left = new ArrayList<>(rows);
        while (!left.isEmpty()) {
            Row row = queue.poll().getFirst();
            left.remove(row);
            served[row.sample.caller] += row.tokens();
            List<Long> ofThoseWhoWait = left.stream()
                    .map(waiting -> waiting.sample.caller)
                    .distinct()
                    .map(caller -> served[caller])
                    .sorted(Comparator.reverseOrder())
                    .toList();
            if (ofThoseWhoWait.size() > 1) {
                assertThat(ofThoseWhoWait.getFirst() - ofThoseWhoWait.getLast()).isLessThanOrEqualTo(2 * LONGEST);
            }
        }
    }

    @Test
    void rowsNearestInLengthRunTogether() {
        RowQueue queue = new RowQueue(36);
        Row head = row(0, 10);
        Row much = row(0, 30);
        Row longer = row(1, 12);
        Row shorter = row(1, 9);
        Row shortest = row(1, 2);
        List.of(head, much, longer, shorter, shortest).forEach(queue::add);

        // Three rows as wide as 12 are the budget.
        assertThat(queue.poll()).containsExactly(head, shorter, longer);
        assertThat(queue.poll()).containsExactly(much);
        assertThat(queue.poll()).containsExactly(shortest);
        assertThat(queue.poll()).isEmpty();
    }

    private static Row row(int caller, int tokens) {
        return new Row(new Sample(caller, tokens, 0, _ -> {}), Admission.NO_DEADLINE, _ -> {});
    }
}
