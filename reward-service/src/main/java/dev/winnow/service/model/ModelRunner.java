package dev.winnow.service.model;

import dev.winnow.service.domain.Lifetime;
import java.util.List;

/** Runs one model. Thread-safe: several runs may go on at once. The same row always gives the same bits. */
public interface ModelRunner extends AutoCloseable {
    /** The bundle's name. */
    String name();

    /** Whether each row must run alone, because its values would depend on its neighbours. */
    boolean runsAlone();

    /**
     * Runs rows together, padded to the longest; a single one without padding.
     *
     * @param rows not empty; one, where rows run alone
     * @param lifetime the run is stopped when it ends
     * @return the logits of each row, without padding
     * @throws ModelFailedException if the runtime fails, or the run was stopped
     */
    List<Logits> run(List<TokenRow> rows, Lifetime lifetime);

    /** Runs one row alone. */
    default Logits run(TokenRow row) {
        return run(List.of(row), new Lifetime()).getFirst();
    }

    @Override
    void close();
}
