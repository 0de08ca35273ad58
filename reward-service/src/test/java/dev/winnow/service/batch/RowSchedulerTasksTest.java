package dev.winnow.service.batch;

import static dev.winnow.service.batch.TestingGate.row;
import static dev.winnow.service.batch.TestingGate.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Call;
import dev.winnow.service.domain.TestingCalls;
import dev.winnow.service.domain.TestingClock;
import dev.winnow.service.domain.TestingTimer;
import dev.winnow.service.domain.TestingWorkEvents;
import dev.winnow.service.model.Logits;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that make rows, which idle workers do. */
@Timeout(30)
class RowSchedulerTasksTest {
    private static final Call CALL = TestingCalls.by("caller");

    private final TestingGate gate = new TestingGate();
    private final TestingGate other = new TestingGate();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final RowScheduler scheduler =
            TestingSchedulers.of(2, BatchPolicy.ALONE, new TestingTimer(), new TestingClock(), new TestingWorkEvents());

    @AfterEach
    void close() {
        gate.open();
        other.open();
        scheduler.close();
    }

    @Test
    void loneWorkerRunsTheRowOfItsTaskItself() {
        gate.open();
        CompletableFuture<Logits> logits = new CompletableFuture<>();
        try (RowScheduler lone = scheduler(1)) {
            offerUntilTaken(lone, () -> {
                threads.add(Thread.currentThread());
                var _ = lone.submit(gate, row(7), CALL).thenAccept(logits::complete);
            });
            assertThat(value(logits.join())).isEqualTo(7);
        }
        assertThat(gate.threads()).isEqualTo(threads);
    }

    @Test
    void taskThatWasTakenComesBeforeRows() throws InterruptedException {
        try (RowScheduler lone = scheduler(1)) {
            boolean taken = false;
            while (!taken) {
                synchronized (lone) { // the worker that is woken finds both
                    taken = lone.offer(() -> threads.add(Thread.currentThread()));
                    if (taken) {
                        var _ = lone.submit(gate, row(1), CALL);
                    }
                }
            }
            gate.awaitFirst();
            assertThat(threads).hasSize(1);
            gate.open();
        }
    }

    @Test
    void rowsOfOneTaskRunAtOnce() throws InterruptedException {
        offerUntilTaken(scheduler, () -> {
            var _ = scheduler.submit(gate, row(1), CALL);
            var _ = scheduler.submit(other, row(2), CALL);
        });
        gate.awaitFirst();
        other.awaitFirst();
        assertThat(gate.threads()).isNotEqualTo(other.threads());
    }

    @Test
    void busyWorkersTakeNoTask() throws InterruptedException {
        var _ = scheduler.submit(gate, row(1), CALL);
        var _ = scheduler.submit(other, row(2), CALL);
        gate.awaitFirst();
        other.awaitFirst();
        assertThat(scheduler.offer(() -> threads.add(Thread.currentThread()))).isFalse();
        gate.open();
        other.open();
        scheduler.close();
        assertThat(threads).isEmpty();
    }

    @Test
    void closingDoesATaskThatWasTaken() {
        offerUntilTaken(scheduler, () -> threads.add(Thread.currentThread()));
        scheduler.close();
        assertThat(threads).hasSize(1);
        assertThat(scheduler.offer(() -> {})).isFalse();
    }

    private static RowScheduler scheduler(int workers) {
        return TestingSchedulers.of(
                workers, BatchPolicy.ALONE, new TestingTimer(), new TestingClock(), new TestingWorkEvents());
    }

    private static void offerUntilTaken(RowScheduler scheduler, Runnable task) {
        while (!scheduler.offer(task)) {
            Thread.onSpinWait();
        }
    }
}
