package dev.winnow.service.domain;

import org.jspecify.annotations.Nullable;

/** A lifetime that a test ends. */
public final class TestingLifetime implements Lifetime {
    private volatile @Nullable Failure failure;

    public void end(Failure reason) {
        failure = reason;
    }

    @Override
    public @Nullable Failure ended() {
        return failure;
    }
}
