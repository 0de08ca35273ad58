package dev.winnow.ppo.reward.retry;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Optional;

/**
 * How long to wait before the next try. Scoring changes nothing on the server, so any try is safe to repeat; only what
 * can pass by itself is.
 */
final class RetryDelay {
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(10);

    private RetryDelay() {}

    /**
     * Returns how long to wait; empty where there must be no other try. Where the server asks for a delay, at least that,
     * and some more at random so that callers do not come back together. Unasked it is exponential backoff with full
     * jitter (Brooker, <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential
     * Backoff And Jitter</a>), and only for failures of a server that others may not share.
     *
     * @param notFoundPasses whether what this server does not have another one may
     * @param tries the tries so far, at least 1
     * @param random at least 0, below 1
     */
    static Optional<Duration> after(StatusRuntimeException failure, boolean notFoundPasses, int tries, double random) {
        long asked = askedMillis(failure);
        return switch (failure.getStatus().getCode()) {
            case RESOURCE_EXHAUSTED -> asked > 0 ? Optional.of(asked(asked, tries, random)) : Optional.empty();
            case UNAVAILABLE -> Optional.of(asked > 0 ? asked(asked, tries, random) : backoff(tries, random));
            case DEADLINE_EXCEEDED -> Optional.of(backoff(tries, random));
            case NOT_FOUND -> notFoundPasses ? Optional.of(backoff(tries, random)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Whether the server has refused the try because it was too busy. */
    static boolean isRefusal(StatusRuntimeException failure) {
        return failure.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED && askedMillis(failure) > 0;
    }

    private static Duration asked(long millis, int tries, double random) {
        return Duration.ofMillis(millis + (long) (millis * random * tries / 2));
    }

    private static Duration backoff(int tries, double random) {
        int doublings = Math.min(tries - 1, Long.SIZE / 4); // more would overflow, and are past the longest anyway
        long most = Math.min(LONGEST_BACKOFF.toMillis(), FIRST_BACKOFF.toMillis() << doublings);
        return Duration.ofMillis((long) (most * random));
    }

    /** Returns the delay in the google.rpc.RetryInfo of a failure, in milliseconds; 0 where there is none. */
    private static long askedMillis(StatusRuntimeException failure) {
        com.google.rpc.Status status = StatusProto.fromThrowable(failure);
        if (status == null) {
            return 0;
        }
        for (Any detail : status.getDetailsList()) {
            if (detail.is(RetryInfo.class)) {
                try {
                    return Math.max(
                            1, Durations.toMillis(detail.unpack(RetryInfo.class).getRetryDelay()));
                } catch (InvalidProtocolBufferException e) {
                    return 0;
                }
            }
        }
        return 0;
    }
}
