package dev.winnow.service.pipeline;

import dev.winnow.service.domain.Lifetime;
import dev.winnow.service.model.Logits;
import dev.winnow.service.model.ModelRunner;
import dev.winnow.service.model.TokenRow;
import java.util.concurrent.CompletableFuture;

/** Gets a row run, now or later. */
@FunctionalInterface
public interface RowRunner {
    /** Runs at once, in the caller's thread. */
    RowRunner DIRECT = (runner, row, lifetime) -> CompletableFuture.completedFuture(runner.run(row));

    CompletableFuture<Logits> run(ModelRunner runner, TokenRow row, Lifetime lifetime);
}
