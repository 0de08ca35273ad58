package dev.winnow.service.domain;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells whether work is still of use to who asked for it. Thread-safe; asked before each costly step. */
@FunctionalInterface
public interface Lifetime {
    /** Work that is always of use. */
    Lifetime UNBOUNDED = () -> null;

    /** Why the work is of no use any more, or null while it is. */
    @Nullable
    Failure ended();

    /** This lifetime, cut off after {@code timeout} from now on the given clock of nanoseconds. */
    default Lifetime atMost(Duration timeout, LongSupplier nanoClock) {
        long deadline = nanoClock.getAsLong() + timeout.toNanos();
        return () -> {
            Failure failure = ended();
            if (failure == null && nanoClock.getAsLong() - deadline >= 0) {
                return new Failure.DeadlineExceeded(
                        "timeout_ms: %d passed before the sample ran".formatted(timeout.toMillis()));
            }
            return failure;
        };
    }
}
