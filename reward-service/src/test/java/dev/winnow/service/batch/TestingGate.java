package dev.winnow.service.batch;

import dev.winnow.service.domain.Lifetime;
import dev.winnow.service.domain.Registration;
import dev.winnow.service.model.Logits;
import dev.winnow.service.model.ModelRunner;
import dev.winnow.service.model.TokenRow;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A model that waits at a gate. Its one logit, of output {@code id}, is the row's first id. */
final class TestingGate implements ModelRunner {
    private final List<Integer> started = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final CountDownLatch firstStarted = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    static TokenRow row(int id) {
        return new TokenRow(List.of(id), List.of(0));
    }

    static float value(Logits logits) {
        return logits.output("id").at(0, 0);
    }

    /** Returns once a worker stands at the gate. */
    void awaitFirst() throws InterruptedException {
        firstStarted.await();
    }

    void open() {
        opened.countDown();
    }

    /** First id of each row, in the order in which they came to the gate. */
    List<Integer> started() {
        return started;
    }

    /** The thread that each row came in. */
    List<Thread> threads() {
        return threads;
    }

    @Override
    public String name() {
        return "gate";
    }

    @Override
    public boolean runsAlone() {
        return false;
    }

    /** Stops waiting when the lifetime ends, as a runtime that is told to stop. */
    @Override
    public List<Logits> run(List<TokenRow> rows, Lifetime lifetime) {
        try (Registration stop = lifetime.whenEnded(_ -> opened.countDown())) {
            List<Logits> logits = rows.stream().map(this::pass).toList();
            if (lifetime.ended() != null) {
                throw new IllegalStateException("stopped");
            }
            return logits;
        }
    }

    private Logits pass(TokenRow row) {
        int id = row.ids().getFirst();
        threads.add(Thread.currentThread());
        started.add(id);
        firstStarted.countDown();
        try {
            opened.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (id < 0) {
            throw new IllegalStateException("row %d fails".formatted(id));
        }
        return new Logits(Map.of("id", new Logits.Output(new float[] {id}, 1)));
    }

    @Override
    public void close() {}
}
