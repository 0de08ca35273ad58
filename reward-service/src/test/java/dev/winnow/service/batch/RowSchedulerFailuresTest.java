package dev.winnow.service.batch;

import static dev.winnow.service.batch.TestingGate.row;
import static dev.winnow.service.batch.TestingGate.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.winnow.service.domain.Failure;
import dev.winnow.service.domain.FailureException;
import dev.winnow.service.domain.Lifetime;
import dev.winnow.service.domain.Stage;
import dev.winnow.service.domain.TestingCalls;
import dev.winnow.service.domain.TestingClock;
import dev.winnow.service.domain.TestingTimer;
import dev.winnow.service.domain.TestingWorkEvents;
import dev.winnow.service.domain.TestingWorkEvents.Dropped;
import dev.winnow.service.model.Logits;
import dev.winnow.service.model.ModelFailedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RowSchedulerFailuresTest {
    private static final Failure CANCELLED = new Failure.Cancelled("not wanted any more");

    private final TestingTimer timer = new TestingTimer();
    private final TestingWorkEvents events = new TestingWorkEvents();
    private final RowScheduler scheduler =
            TestingSchedulers.of(1, BatchPolicy.ALONE, timer, new TestingClock(), events);
    private final TestingGate gate = new TestingGate();
    private CompletableFuture<Logits> blocking = new CompletableFuture<>();

    @BeforeEach
    void occupyTheWorker() throws InterruptedException {
        blocking = submit(1, new Lifetime());
        gate.awaitFirst();
    }

    @AfterEach
    void close() {
        gate.open();
        scheduler.close();
    }

    @Test
    void rowThatNobodyWantsDoesNotRun() {
        Lifetime lifetime = new Lifetime();
        CompletableFuture<Logits> one = submit(2, lifetime);
        CompletableFuture<Logits> other = submit(2, lifetime);
        CompletableFuture<Logits> after = submit(3, new Lifetime());
        lifetime.end(CANCELLED);
        assertFailedWith(one, CANCELLED);
        assertFailedWith(other, CANCELLED);
        assertThat(scheduler.queued()).as("it leaves the queue at once").isEqualTo(1);
        assertThat(events.dropped).containsExactly(new Dropped(Stage.QUEUE, CANCELLED));
        gate.open();
        after.join();
        assertThat(gate.started()).containsExactly(1, 3);
    }

    @Test
    void droppedRowRunsWhenItIsAskedForAgain() {
        Lifetime lifetime = new Lifetime();
        CompletableFuture<Logits> dropped = submit(2, lifetime);
        lifetime.end(CANCELLED);
        gate.open();
        assertFailedWith(dropped, CANCELLED);
        assertThat(value(submit(2, new Lifetime()).join())).isEqualTo(2);
    }

    @Test
    void rowThatOneOfTwoStillWantsRunsForThatOne() {
        Lifetime lifetime = new Lifetime();
        CompletableFuture<Logits> ended = submit(2, lifetime);
        CompletableFuture<Logits> wanted = submit(2, new Lifetime());
        lifetime.end(CANCELLED);
        gate.open();
        assertFailedWith(ended, CANCELLED);
        assertThat(value(wanted.join())).isEqualTo(2);
        assertThat(gate.started()).containsExactly(1, 2);
    }

    @Test
    void runThatNobodyWantsIsStopped() throws InterruptedException {
        Lifetime lifetime = new Lifetime();
        gate.open();
        blocking.join();
        TestingGate hanging = new TestingGate();
        CompletableFuture<Logits> unwanted = scheduler.submit(hanging, row(1), TestingCalls.with(lifetime));
        hanging.awaitFirst();
        lifetime.end(CANCELLED);
        assertFailedWith(unwanted, CANCELLED);
        assertThat(value(submit(3, new Lifetime()).join()))
                .as("the worker is free")
                .isEqualTo(3);
        assertThat(events.dropped).containsExactly(new Dropped(Stage.RUN, CANCELLED));
    }

    @Test
    void runThatTakesTooLongIsStoppedAndSaysSo() {
        timer.advance(TestingSchedulers.MAXIMUM_RUN_TIME);
        assertThatThrownBy(blocking::join)
                .cause()
                .isInstanceOf(ModelFailedException.class)
                .hasMessage("run: not done after PT1M (expected: done)");
        assertThat(value(submit(3, new Lifetime()).join())).isEqualTo(3);
        assertThat(timer.pending()).isZero();
    }

    @Test
    void whatARunThrowsReachesAllWaitersAndTheWorkerLivesOn() {
        CompletableFuture<Logits> one = submit(-2, new Lifetime());
        CompletableFuture<Logits> other = submit(-2, new Lifetime());
        CompletableFuture<Logits> after = submit(3, new Lifetime());
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
        CompletableFuture<Logits> waiting = submit(2, new Lifetime());
        Thread closer = Thread.ofVirtual().start(scheduler::close);
        Failure stopped = new Failure.Unavailable("service: stopped (expected: serving)");
        assertFailedWith(waiting, stopped);
        assertFailedWith(submit(3, new Lifetime()), stopped);
        assertThat(scheduler.queued()).isZero();
        assertThat(blocking).isNotDone();
        gate.open();
        closer.join();
        assertThat(value(blocking.join())).isEqualTo(1);
        assertThat(scheduler.isAlive()).isFalse();
        assertThat(gate.started()).containsExactly(1);
    }

    private CompletableFuture<Logits> submit(int id, Lifetime lifetime) {
        return scheduler.submit(gate, row(id), TestingCalls.with(lifetime));
    }

    private static void assertFailedWith(CompletableFuture<Logits> future, Failure failure) {
        assertThatThrownBy(future::join)
                .cause()
                .isInstanceOfSatisfying(
                        FailureException.class,
                        exception -> assertThat(exception.failure()).isEqualTo(failure));
    }
}
