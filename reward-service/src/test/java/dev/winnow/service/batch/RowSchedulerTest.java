package dev.winnow.service.batch;

import static dev.winnow.service.batch.TestingGate.row;
import static dev.winnow.service.batch.TestingGate.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.winnow.service.domain.Call;
import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.Lifetime;
import dev.winnow.service.domain.TestingCalls;
import dev.winnow.service.domain.TestingClock;
import dev.winnow.service.domain.TestingTimer;
import dev.winnow.service.domain.TestingWorkEvents;
import dev.winnow.service.domain.TestingWorkEvents.Ran;
import dev.winnow.service.model.Logits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RowSchedulerTest {
    private static final Call CALL = TestingCalls.by("caller");

    private final TestingClock clock = new TestingClock();
    private final TestingWorkEvents events = new TestingWorkEvents();
    private final RowScheduler scheduler = scheduler(1, BatchPolicy.ALONE);
    private final TestingGate gate = new TestingGate();

    @AfterEach
    void close() {
        gate.open();
        scheduler.close();
    }

    @Test
    void runsTheOldestFirst() throws InterruptedException {
        CompletableFuture<Logits> first = submit(5);
        gate.awaitFirst();
        CompletableFuture<Logits> second = submit(3);
        CompletableFuture<Logits> third = submit(4);
        assertThat(scheduler.queued()).isEqualTo(2);
        gate.open();
        assertThat(value(first.join())).isEqualTo(5);
        assertThat(value(second.join())).isEqualTo(3);
        assertThat(value(third.join())).isEqualTo(4);
        assertThat(gate.started()).containsExactly(5, 3, 4);
        assertThat(scheduler.queued()).isZero();
    }

    @Test
    void equalRowsRunOnceWhileQueued() throws InterruptedException {
        CompletableFuture<Logits> blocking = submit(1);
        gate.awaitFirst();
        CompletableFuture<Logits> one = submit(2);
        CompletableFuture<Logits> other = submit(2);
        gate.open();
        assertThat(value(blocking.join())).isEqualTo(1);
        assertThat(one.join()).isSameAs(other.join());
        assertThat(gate.started()).containsExactly(1, 2);
        assertThat(events.shared).hasValue(1);
    }

    @Test
    void equalRowJoinsOneThatRunsAlready() throws InterruptedException {
        CompletableFuture<Logits> running = submit(1);
        gate.awaitFirst();
        CompletableFuture<Logits> joining = submit(1);
        gate.open();
        assertThat(running.join()).isSameAs(joining.join());
        assertThat(gate.started()).containsExactly(1);
    }

    @Test
    void rowRunsAgainOnceItIsNoLongerInFlight() {
        gate.open();
        submit(1).join();
        submit(1).join();
        assertThat(gate.started()).containsExactly(1, 1);
        assertThat(events.shared).hasValue(0);
    }

    @Test
    void equalRowsOfTwoModelsAreNotOne() throws InterruptedException {
        TestingGate other = new TestingGate();
        CompletableFuture<Logits> one = submit(1);
        gate.awaitFirst();
        CompletableFuture<Logits> two = scheduler.submit(other, row(1), CALL);
        gate.open();
        other.open();
        assertThat(one.join()).isNotSameAs(two.join());
        assertThat(other.started()).containsExactly(1);
    }

    @Test
    void tellsHowLongARowWasQueued() throws InterruptedException {
        CompletableFuture<Logits> blocking = submit(1);
        gate.awaitFirst();
        CompletableFuture<Logits> queued = submit(2);
        clock.advance(Duration.ofNanos(40));
        gate.open();
        CompletableFuture.allOf(blocking, queued).join();
        assertThat(events.queued).containsExactly(0L, 40L);
        assertThat(events.ran).containsExactly(new Ran("gate", 1, 1, 1, 40), new Ran("gate", 1, 1, 1, 0));
    }

    @Test
    void twoWorkersRunTwoRowsAtOnce() throws InterruptedException {
        TestingGate other = new TestingGate();
        try (RowScheduler two = scheduler(2, BatchPolicy.ALONE)) {
            CompletableFuture<Logits> one = two.submit(gate, row(1), CALL);
            CompletableFuture<Logits> next = two.submit(other, row(2), CALL);
            gate.awaitFirst();
            other.awaitFirst();
            gate.open();
            other.open();
            CompletableFuture.allOf(one, next).join();
        }
        assertThat(gate.started()).hasSize(1);
        assertThat(other.started()).hasSize(1);
    }

    @Test
    void refusesToBeWithoutWorkers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scheduler(0, BatchPolicy.ALONE))
                .withMessage("workers: 0 (expected: >= 1)");
    }

    @Test
    void rowsRunTogetherAsThePolicySays() throws InterruptedException {
        try (RowScheduler batching = scheduler(1, new TokenBudget(3))) {
            CompletableFuture<Logits> blocking = batching.submit(gate, row(9), CALL);
            gate.awaitFirst();
            List<CompletableFuture<Logits>> rows = IntStream.range(1, 6)
                    .mapToObj(id -> batching.submit(gate, row(id), CALL))
                    .toList();
            gate.open();
            blocking.join();
            for (int index = 0; index < rows.size(); index++) {
                assertThat(value(rows.get(index).join())).isEqualTo(index + 1);
            }
        }
        assertThat(events.ran).extracting(Ran::rows).containsExactly(1, 3, 2);
    }

    @Test
    void callersTakeTurns() throws InterruptedException {
        CompletableFuture<Logits> blocking = submit(9);
        gate.awaitFirst();
        List<CompletableFuture<Logits>> rows = new ArrayList<>(List.of(blocking));
        for (int id = 1; id <= 4; id++) {
            rows.add(scheduler.submit(gate, row(id), TestingCalls.by("greedy")));
        }
        rows.add(scheduler.submit(gate, row(5), TestingCalls.by("modest")));
        gate.open();
        rows.forEach(CompletableFuture::join);
        assertThat(gate.started()).containsExactly(9, 1, 5, 2, 3, 4);
    }

    @Test
    void rowThatTwoCallersWantRunsAtTheFirstTurnOfEither() throws InterruptedException {
        CompletableFuture<Logits> blocking = submit(9);
        gate.awaitFirst();
        List<CompletableFuture<Logits>> rows = new ArrayList<>(List.of(blocking));
        for (int id = 1; id <= 4; id++) {
            rows.add(scheduler.submit(gate, row(id), TestingCalls.by("greedy")));
        }
        rows.add(scheduler.submit(gate, row(4), TestingCalls.by("modest")));
        gate.open();
        rows.forEach(CompletableFuture::join);
        assertThat(gate.started()).containsExactly(9, 1, 4, 2, 3);
    }

    @Test
    void callerWhoLeavesASharedRowTakesItsTurnAlong() throws InterruptedException {
        CompletableFuture<Logits> blocking = submit(9);
        gate.awaitFirst();
        Lifetime lifetime = new Lifetime();
        List<CompletableFuture<Logits>> rows = new ArrayList<>(List.of(blocking));
        for (int id = 1; id <= 3; id++) {
            rows.add(scheduler.submit(gate, row(id), TestingCalls.by("greedy")));
        }
        CompletableFuture<Logits> left = scheduler.submit(gate, row(3), TestingCalls.with(lifetime));
        lifetime.end(new Failure.Cancelled("gone"));
        gate.open();
        rows.forEach(CompletableFuture::join);
        assertThat(left).isCompletedExceptionally();
        assertThat(gate.started()).containsExactly(9, 1, 2, 3);
    }

    private RowScheduler scheduler(int workers, BatchPolicy policy) {
        return TestingSchedulers.of(workers, policy, new TestingTimer(), clock, events);
    }

    private CompletableFuture<Logits> submit(int id) {
        return scheduler.submit(gate, row(id), CALL);
    }
}
