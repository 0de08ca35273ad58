package dev.winnow.service.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Caller;
import dev.winnow.service.domain.TestingCalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FairQueueTest {
    private static final int LARGEST = 9;

    private final FairQueue<Item> queue = new FairQueue<>();

    /** Work of one of three callers; an item that is compared by identity in the queue has its number. */
    record Item(int number, int callerNumber, int cost) {
        Caller caller() {
            return TestingCalls.caller("caller-" + callerNumber);
        }
    }

    @Example
    void servesByCostAndNotByNumber() {
        add(
                new Item(0, 0, 6),
                new Item(1, 0, 6),
                new Item(2, 1, 2),
                new Item(3, 1, 2),
                new Item(4, 1, 2),
                new Item(5, 1, 2));
        assertThat(drain()).extracting(Item::number).containsExactly(0, 2, 3, 4, 1, 5);
    }

    @Example
    void whoComesAnewStartsLevelAndNotAhead() {
        add(new Item(0, 0, 5), new Item(1, 0, 5), new Item(2, 0, 5), new Item(3, 0, 5));
        serve();
        serve();
        add(new Item(4, 1, 5), new Item(5, 1, 5), new Item(6, 1, 5));
        assertThat(drain()).extracting(Item::number).containsExactly(4, 2, 5, 3, 6);
    }

    @Example
    void whatIsDroppedIsNotCharged() {
        Item dropped = new Item(0, 0, 9);
        add(dropped, new Item(1, 0, 1), new Item(2, 0, 1), new Item(3, 1, 1), new Item(4, 1, 1));
        assertThat(queue.drop(dropped.caller(), dropped)).isTrue();
        assertThat(queue.drop(dropped.caller(), dropped)).isFalse();
        assertThat(drain()).extracting(Item::number).containsExactly(3, 1, 4, 2);
    }

    @Example
    void whatIsTakenAlongIsChargedAndDoesNotSetBackWhoComesAnew() {
        Item along = new Item(1, 0, 9);
        add(new Item(0, 0, 1), along, new Item(2, 0, 1), new Item(3, 1, 5), new Item(4, 1, 5));
        assertThat(serve().number()).isZero();
        queue.takeAlong(along.caller(), along);
        add(new Item(5, 2, 1));
        assertThat(drain()).extracting(Item::number).containsExactly(3, 5, 4, 2);
    }

    @Property
    void servesEachItemOnceAndEachCallersInOrder(@ForAll("items") List<Item> items) {
        items.forEach(this::add);
        List<Item> served = drain();
        assertThat(served).containsExactlyInAnyOrderElementsOf(items);
        for (int caller = 0; caller < 3; caller++) {
            int own = caller;
            assertThat(served.stream().filter(item -> item.callerNumber() == own))
                    .isSortedAccordingTo((left, right) -> Integer.compare(left.number(), right.number()));
        }
    }

    @Property
    void isFirstInFirstOutForOneCaller(@ForAll("items") List<Item> items) {
        List<Item> own = items.stream()
                .map(item -> new Item(item.number(), 0, item.cost()))
                .toList();
        own.forEach(this::add);
        assertThat(drain()).containsExactlyElementsOf(own);
    }

    /** While two wait, neither has had more than the other by over what two items cost, however it began. */
    @Property
    void callersWhoWaitAreServedAlike(@ForAll("items") List<Item> items) {
        items.forEach(this::add);
        Map<Integer, Long> left = new HashMap<>();
        items.forEach(item -> left.merge(item.callerNumber(), 1L, Long::sum));
        Map<Integer, Integer> served = new HashMap<>();
        while (left.values().stream().filter(count -> count > 0).count() == 3) {
            Item item = serve();
            left.merge(item.callerNumber(), -1L, Long::sum);
            served.merge(item.callerNumber(), item.cost(), Integer::sum);
            for (int caller = 0; caller < 3; caller++) {
                assertThat(served.getOrDefault(item.callerNumber(), 0) - served.getOrDefault(caller, 0))
                        .isLessThanOrEqualTo(2 * LARGEST);
            }
        }
    }

    @Provide
    Arbitrary<List<Item>> items() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(1, LARGEST))
                .as((caller, cost) -> new int[] {caller, cost})
                .list()
                .ofMaxSize(60)
                .map(pairs -> {
                    List<Item> items = new ArrayList<>();
                    pairs.forEach(pair -> items.add(new Item(items.size(), pair[0], pair[1])));
                    return items;
                });
    }

    private void add(Item... items) {
        for (Item item : items) {
            queue.add(item.caller(), item.cost(), item);
        }
    }

    private Item serve() {
        FairQueue.Turn<Item> turn = Objects.requireNonNull(queue.next());
        queue.take(turn);
        assertThat(turn.caller()).isEqualTo(turn.item().caller());
        return turn.item();
    }

    private List<Item> drain() {
        List<Item> served = new ArrayList<>();
        while (queue.size() > 0) {
            served.add(serve());
        }
        assertThat(queue.next()).isNull();
        return served;
    }
}
