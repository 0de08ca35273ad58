package dev.winnow.service.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.winnow.service.domain.Caller;
import dev.winnow.service.domain.TestingCalls;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FairWorkersTest {
    private final List<String> helped = new CopyOnWriteArrayList<>();
    private final List<String> done = new CopyOnWriteArrayList<>();
    private boolean helps;
    private final FairWorkers workers = new FairWorkers("testing", 1, this::help);

    @Test
    void callersTakeTurnsAndClosingDoesWhatWaits() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        workers.execute(TestingCalls.caller("greedy"), 1, () -> {
            started.countDown();
            await(gate);
        });
        started.await();
        for (int index = 0; index < 3; index++) {
            String name = "greedy " + index;
            workers.execute(TestingCalls.caller("greedy"), 1, () -> done.add(name));
        }
        workers.execute(TestingCalls.caller("modest"), 1, () -> done.add("modest"));
        gate.countDown();
        workers.close();
        assertThat(done).containsExactly("greedy 0", "modest", "greedy 1", "greedy 2");
    }

    @Test
    void closedDoesItInTheThreadThatAsks() {
        workers.close();
        workers.execute(
                TestingCalls.caller("late"),
                1,
                () -> done.add(Thread.currentThread().getName()));
        assertThat(done).containsExactly(Thread.currentThread().getName());
    }

    @Test
    void helperIsAskedUnlessSomethingWaits() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        Caller caller = TestingCalls.caller("caller");
        workers.execute(caller, 1, () -> {
            started.countDown();
            await(gate);
        });
        started.await();
        helps = true;
        workers.execute(caller, 2, () -> done.add("helped"));
        helps = false;
        workers.execute(caller, 3, () -> done.add("first"));
        helps = true;
        workers.execute(caller, 4, () -> done.add("second"));
        gate.countDown();
        workers.close();
        assertThat(helped).containsExactly("cost 2");
        assertThat(done).containsExactly("helped", "first", "second");
    }

    private boolean help(int cost, Runnable action) {
        if (helps) {
            helped.add("cost " + cost);
            action.run();
        }
        return helps;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
