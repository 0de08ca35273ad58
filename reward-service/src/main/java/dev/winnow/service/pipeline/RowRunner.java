package dev.winnow.service.pipeline;

import dev.winnow.service.domain.Call;
import dev.winnow.service.model.Logits;
import dev.winnow.service.model.ModelRunner;
import dev.winnow.service.model.TokenRow;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Gets a row run, now or later. */
@FunctionalInterface
public interface RowRunner {
    /** Runs at once, in the caller's thread. */
    RowRunner DIRECT = (runner, row, call) -> CompletableFuture.completedFuture(
            runner.run(List.of(row), call.lifetime()).getFirst());

    CompletableFuture<Logits> run(ModelRunner runner, TokenRow row, Call call);
}
