package dev.winnow.service.batch;

import static dev.winnow.service.batch.TestingGate.row;
import static dev.winnow.service.batch.TestingGate.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.Lifetime;
import dev.winnow.service.domain.TestingClock;
import dev.winnow.service.domain.TestingLifetime;
import dev.winnow.service.domain.WorkEvents;
import dev.winnow.service.model.Logits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RowSchedulerFailuresTest {
    private static final Failure CANCELLED = new Failure.Cancelled("not wanted any more");

    private final RowScheduler scheduler = new RowScheduler(1, new TestingClock(), WorkEvents.NONE);
    private final TestingGate gate = new TestingGate();
    private CompletableFuture<Logits> blocking = new CompletableFuture<>();

    @BeforeEach
    void occupyTheWorker() throws InterruptedException {
        blocking = submit(1, Lifetime.UNBOUNDED);
        gate.awaitFirst();
    }

    @AfterEach
    void close() {
        gate.open();
        scheduler.close();
    }

    @Test
    void rowThatNobodyWantsDoesNotRun() {
        TestingLifetime lifetime = new TestingLifetime();
        CompletableFuture<Logits> one = submit(2, lifetime);
        CompletableFuture<Logits> other = submit(2, lifetime);
        CompletableFuture<Logits> after = submit(3, Lifetime.UNBOUNDED);
        lifetime.end(CANCELLED);
        gate.open();
        assertFailedWith(one, CANCELLED);
        assertFailedWith(other, CANCELLED);
        after.join();
        assertThat(gate.started()).containsExactly(1, 3);
    }

    @Test
    void droppedRowRunsWhenItIsAskedForAgain() {
        TestingLifetime lifetime = new TestingLifetime();
        CompletableFuture<Logits> dropped = submit(2, lifetime);
        lifetime.end(CANCELLED);
        gate.open();
        assertFailedWith(dropped, CANCELLED);
        assertThat(value(submit(2, Lifetime.UNBOUNDED).join())).isEqualTo(2);
    }

    @Test
    void rowThatOneOfTwoStillWantsRunsForThatOne() {
        TestingLifetime lifetime = new TestingLifetime();
        CompletableFuture<Logits> ended = submit(2, lifetime);
        CompletableFuture<Logits> wanted = submit(2, Lifetime.UNBOUNDED);
        lifetime.end(CANCELLED);
        gate.open();
        assertFailedWith(ended, CANCELLED);
        assertThat(value(wanted.join())).isEqualTo(2);
        assertThat(gate.started()).containsExactly(1, 2);
    }

    @Test
    void whatARunThrowsReachesAllWaitersAndTheWorkerLivesOn() {
        CompletableFuture<Logits> one = submit(-2, Lifetime.UNBOUNDED);
        CompletableFuture<Logits> other = submit(-2, Lifetime.UNBOUNDED);
        CompletableFuture<Logits> after = submit(3, Lifetime.UNBOUNDED);
        gate.open();
        assertThatThrownBy(one::join)
                .isInstanceOf(CompletionException.class)
                .rootCause()
                .hasMessage("row -2 fails");
        assertThatThrownBy(other::join).rootCause().hasMessage("row -2 fails");
        assertThat(value(after.join())).isEqualTo(3);
        assertThat(scheduler.isAlive()).isTrue();
        assertThat(gate.started()).containsExactly(1, -2, 3);
    }

    @Test
    void closingFailsWhatWaitsAndFinishesWhatRuns() throws InterruptedException {
        CompletableFuture<Logits> waiting = submit(2, Lifetime.UNBOUNDED);
        Thread closer = Thread.ofVirtual().start(scheduler::close);
        Failure stopped = new Failure.Unavailable("service: stopped (expected: serving)");
        assertFailedWith(waiting, stopped);
        assertFailedWith(submit(3, Lifetime.UNBOUNDED), stopped);
        assertThat(scheduler.queued()).isZero();
        assertThat(blocking).isNotDone();
        gate.open();
        closer.join();
        assertThat(value(blocking.join())).isEqualTo(1);
        assertThat(scheduler.isAlive()).isFalse();
        assertThat(gate.started()).containsExactly(1);
    }

    private CompletableFuture<Logits> submit(int id, Lifetime lifetime) {
        return scheduler.submit(gate, row(id), lifetime);
    }

    private static void assertFailedWith(CompletableFuture<Logits> future, Failure failure) {
        assertThatThrownBy(future::join)
                .cause()
                .isInstanceOfSatisfying(
                        FailureException.class,
                        exception -> assertThat(exception.failure()).isEqualTo(failure));
    }
}
