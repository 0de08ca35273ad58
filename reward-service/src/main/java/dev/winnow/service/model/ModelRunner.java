package dev.winnow.service.model;

/** Runs one model. Thread-safe: several rows may run at once. The same row always gives the same bits. */
public interface ModelRunner extends AutoCloseable {
    /**
     * Runs one row alone, without padding.
     *
     * @throws ModelFailedException if the runtime fails
     */
    Logits run(TokenRow row);

    @Override
    void close();
}
