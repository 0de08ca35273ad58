package dev.winnow.service.model;

import dev.winnow.service.domain.Lifetime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Runs a function, and remembers the rows. */
public final class TestingModelRunner implements ModelRunner {
    private final List<TokenRow> rows = new CopyOnWriteArrayList<>();
    private final Function<TokenRow, Logits> model;
    private volatile boolean closed;

    public TestingModelRunner(Function<TokenRow, Logits> model) {
        this.model = model;
    }

    @Override
    public String name() {
        return "testing";
    }

    @Override
    public boolean runsAlone() {
        return false;
    }

    @Override
    public List<Logits> run(List<TokenRow> batch, Lifetime lifetime) {
        return batch.stream().map(this::run).toList();
    }

    @Override
    public Logits run(TokenRow row) {
        rows.add(row);
        return model.apply(row);
    }

    public List<TokenRow> rows() {
        return rows;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
