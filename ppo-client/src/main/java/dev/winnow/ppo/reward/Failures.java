package dev.winnow.ppo.reward;

import com.google.common.base.Throwables;
import io.grpc.Status;
import io.netty.handler.ssl.NotSslRecordException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Failed calls in words. */
public final class Failures {
    private Failures() {}

    /**
     * Returns why a call failed, in one line: what its status says and, where the failure is this side's, its first cause.
     * gRPC says of a refused connection no more than {@code io exception}; that it was refused stands in the cause.
     */
    public static String describe(Status status) {
        String words = Stream.of(firstLine(status.getDescription()), firstCause(status.getCause()))
                .flatMap(Stream::ofNullable)
                .collect(Collectors.joining(": "));
        return words.isEmpty() ? "no reason given" : words;
    }

    /** Below the first line gRPC lists the parts of its pipeline. */
    private static @Nullable String firstLine(@Nullable String description) {
        if (description == null) {
            return null;
        }
        return description
                .lines()
                .findFirst()
                .orElse("")
                .replace(
                        "Network closed for unknown reason",
                        "the server closed the connection at once; it may expect TLS");
    }

    private static @Nullable String firstCause(@Nullable Throwable failure) {
        if (failure == null) {
            return null;
        }
        Throwable first = Throwables.getRootCause(failure);
        if (first instanceof NotSslRecordException) {
            return "the server does not speak TLS";
        }
        return first.getMessage() == null ? first.toString() : first.getMessage();
    }
}
