package dev.winnow.ppo.reward;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import com.google.rpc.RetryInfo;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** When one try is followed by another. Scoring changes nothing on the server, so it is safe to repeat. */
final class Retries {
    private static final int MAXIMUM_TRIES = 10;
    private static final int MAXIMUM_CONNECTIONS = 5;

    private Retries() {}

    /**
     * Repeats what the server was too busy for, after the delay that it asks for and some more at random: up to half of
     * it after the first try, a whole one after the second, and so on. Where it names no delay there is no other try:
     * unasked retries feed an overload.
     *
     * @param retryAfterMillis the delay that an answer asks for; 0 for none
     */
    static <T> RetryPolicy<T> whenAsked(ToIntFunction<T> retryAfterMillis, Patience patience) {
        RetryPolicyBuilder<T> policy = RetryPolicy.<T>builder()
                .handleIf((answer, failure) -> delayAskedFor(retryAfterMillis, answer, failure) > 0)
                .withDelayFn(context -> {
                    long asked = delayAskedFor(retryAfterMillis, context.getLastResult(), context.getLastException());
                    return withJitter(
                            asked,
                            context.getAttemptCount(),
                            ThreadLocalRandom.current().nextDouble());
                });
        return patience.limit(policy, MAXIMUM_TRIES).build();
    }

    /** Repeats what was lost with a broken stream. For unary calls the channel's own retry policy does the same. */
    static <T> RetryPolicy<T> whenDisconnected(Patience patience) {
        RetryPolicyBuilder<T> policy = RetryPolicy.<T>builder()
                .handleIf(failure -> Status.fromThrowable(failure).getCode() == Status.Code.UNAVAILABLE
                        && delayAskedFor(failure) == 0)
                .withBackoff(200, 2000, ChronoUnit.MILLIS)
                .withJitter(0.2);
        return patience.limit(policy, MAXIMUM_CONNECTIONS).build();
    }

    /**
     * Returns how long to wait.
     *
     * @param askedMillis the delay that the server asks for
     * @param tries the tries so far, at least 1
     * @param random at least 0, below 1
     */
    static Duration withJitter(long askedMillis, int tries, double random) {
        return Duration.ofMillis(askedMillis + (long) (askedMillis * random * tries / 2));
    }

    private static <T> long delayAskedFor(
            ToIntFunction<T> retryAfterMillis, @Nullable T answer, @Nullable Throwable failure) {
        return failure != null ? delayAskedFor(failure) : answer != null ? retryAfterMillis.applyAsInt(answer) : 0;
    }

    /** Returns the delay in the google.rpc.RetryInfo of a failed call, in milliseconds; 0 where there is none. */
    private static long delayAskedFor(Throwable failure) {
        com.google.rpc.@Nullable Status status = StatusProto.fromThrowable(failure);
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
