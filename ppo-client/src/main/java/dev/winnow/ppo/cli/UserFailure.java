package dev.winnow.ppo.cli;

import dev.winnow.ppo.reward.Failures;
import dev.winnow.v1.Error;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A failure that is no bug of this program; its message is all that is printed of it. */
final class UserFailure extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private UserFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Returns the failure of a call to a server. */
    static UserFailure of(StatusRuntimeException failure, String target) {
        Status status = failure.getStatus();
        String message = "%s: %s: %s".formatted(status.getCode(), target, Failures.describe(status));
        boolean noServer = status.getCode() == Status.Code.UNAVAILABLE;
        return new UserFailure(noServer ? message + "; is `./winnow serve` running?" : message, failure);
    }

    /** Returns the failure of the only sample of a command. */
    static UserFailure of(Error error) {
        return new UserFailure("%s: %s".formatted(error.getCode(), error.getMessage()), null);
    }

    /** Returns the failure of a run, whose message says all. */
    static UserFailure of(Exception failure) {
        return new UserFailure(Objects.requireNonNullElse(failure.getMessage(), failure.toString()), failure);
    }

    /** Returns the failure to read or write. */
    static UserFailure of(IOException failure) {
        return new UserFailure(Objects.requireNonNullElse(failure.getMessage(), failure.toString()), failure);
    }
}
